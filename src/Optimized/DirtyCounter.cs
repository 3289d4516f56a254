// SPDX-License-Identifier: MIT
namespace Cmma.Optimized;

/// <summary>
/// How many pages of a slot are marked: what ESSAs added, kept as a sum of cells, each in cache lines of its own, so that vCPUs do not wait
/// for one another; less what was taken away, by one thread at a time (<c>Vm.changes</c>). A page is added behind its stripe's gate together
/// with its mark, so nobody takes it away before.
/// </summary>
internal sealed class DirtyCounter
{
    private const int Cells = 8;
    private const int LongsPerCell = 16; // two lines of 64 bytes: processors fetch pairs

    private readonly long[] cells = new long[Cells * LongsPerCell];
    private long removed;

    /// <summary>
    /// The number, for whoever holds <c>Vm.changes</c>, so that nobody removes. It lies between the number at the begin and that at the end of
    /// this call: each page that it leaves out was added meanwhile.
    /// </summary>
    public ulong Sum
    {
        get
        {
            long sum = 0;
            for (int cell = 0; cell < cells.Length; cell += LongsPerCell)
            {
                sum += Volatile.Read(ref cells[cell]);
            }

            return (ulong)(sum - removed);
        }
    }

    /// <summary>A page was marked, by any thread.</summary>
    public void AddOne() => Interlocked.Increment(ref cells[(Environment.CurrentManagedThreadId % Cells) * LongsPerCell]);

    /// <summary>Marks were taken away; below 0: all pages were marked. The caller holds <c>Vm.changes</c>.</summary>
    public void Remove(long pages) => removed += pages;
}
