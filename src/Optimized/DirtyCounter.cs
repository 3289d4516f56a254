using System;
using System.Threading;

namespace Cmma.Optimized;

/// <summary>
/// How many pages of a slot are marked, kept as a sum of cells, each in cache lines of its own, so that vCPUs do not wait for one another.
/// A page is added and removed behind its stripe's gate together with its mark.
/// </summary>
internal sealed class DirtyCounter
{
    private const int Cells = 8;
    private const int LongsPerCell = 16; // two lines of 64 bytes: processors fetch pairs

    private readonly long[] cells = new long[Cells * LongsPerCell];

    /// <summary>
    /// The sum. While nobody removes it lies between the count at the beginning and that at the end of this call: each page that it leaves
    /// out was added meanwhile.
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

            return (ulong)sum;
        }
    }

    /// <summary>Adds pages, or removes them if below 0.</summary>
    public void Add(long pages)
    {
        int cell = (Environment.CurrentManagedThreadId % Cells) * LongsPerCell;
        Interlocked.Add(ref cells[cell], pages);
    }
}
