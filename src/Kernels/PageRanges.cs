// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>Pages as ranges that do not overlap, in ascending order.</summary>
internal sealed class PageRanges
{
    private List<(ulong First, ulong End)> ranges = [];

    /// <summary>The pages, from the lowest to the highest.</summary>
    public IEnumerable<ulong> Ascending()
    {
        foreach ((ulong first, ulong end) in ranges)
        {
            for (ulong gfn = first; gfn < end; gfn++)
            {
                yield return gfn;
            }
        }
    }

    /// <summary>Whether one page at least of these is among them.</summary>
    public bool Meets(ulong first, ulong end)
    {
        // a search by halves for the first range that ends above the first page: the others above begin later
        int low = 0;
        int high = ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ranges[middle].End > first ? (low, middle) : (middle + 1, high);
        }

        return low < ranges.Count && ranges[low].First < end;
    }

    /// <summary>Adds pages, whether or not they are there.</summary>
    public void Add(ulong first, ulong end)
    {
        Remove(first, end);
        ranges.Add((first, end));
        ranges.Sort();
    }

    /// <summary>Takes pages away, whether or not they are there.</summary>
    public void Remove(ulong first, ulong end)
    {
        List<(ulong First, ulong End)> left = [];
        foreach ((ulong First, ulong End) range in ranges)
        {
            AddIfAny(left, range.First, ulong.Min(range.End, first));
            AddIfAny(left, ulong.Max(range.First, end), range.End);
        }

        ranges = left;
    }

    private static void AddIfAny(List<(ulong First, ulong End)> left, ulong first, ulong end)
    {
        if (first < end)
        {
            left.Add((first, end));
        }
    }
}
