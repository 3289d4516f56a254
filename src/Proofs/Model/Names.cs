// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Model;

/// <summary>Where the variables of a function are in its frame; an inner one hides an outer one of the same name.</summary>
internal sealed class Names
{
    private readonly List<(string Name, int Slot)> visible = [];

    public int Size { get; private set; }

    public int Depth => visible.Count;

    public int Add(string name)
    {
        visible.Add((name, Size));
        return Size++;
    }

    public int? Find(string name)
    {
        int index = visible.FindLastIndex(one => one.Name == name);
        return index < 0 ? null : visible[index].Slot;
    }

    public void Leave(int depth) => visible.RemoveRange(depth, visible.Count - depth);
}
