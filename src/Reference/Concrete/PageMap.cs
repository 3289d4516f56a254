using System.Collections.Generic;

namespace Cmma.Reference;

/// <summary>A value for every gfn; the default until one is assigned.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class PageMap<T>
    where T : struct
{
    private readonly Dictionary<ulong, T> values = [];

    /// <summary>The value of a page.</summary>
    public T this[ulong gfn]
    {
        get => values.GetValueOrDefault(gfn);
        set => values[gfn] = value;
    }
}
