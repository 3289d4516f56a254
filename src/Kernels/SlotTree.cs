// SPDX-License-Identifier: MIT
using Cmma.Reference;

namespace Cmma.Kernels;

/// <summary>
/// The slots as a red-black tree ordered by base (the textbook's, as in Linux since 5.17). Its shape decides which slot a search for a page
/// in no slot visits last, and the shape depends on the order in which slots came and went.
/// </summary>
internal sealed class SlotTree
{
    private static readonly Slot NoSlot = new() { Id = 0, BaseGfn = 0, Pages = 0, DirtyLog = false };

    private readonly Node nil = new(NoSlot);
    private Node root;

    public SlotTree() => root = nil;

    /// <summary>The slot that holds the page, else the last one on the way down to it; null: there are no slots.</summary>
    public Slot? LastVisited(ulong gfn)
    {
        Slot? visited = null;
        for (Node node = root; node != nil; node = gfn < node.Slot.BaseGfn ? node.Left : node.Right)
        {
            visited = node.Slot;
            if (visited.Holds(gfn))
            {
                break;
            }
        }

        return visited;
    }

    public void Insert(Slot slot)
    {
        Node parent = nil;
        for (Node node = root; node != nil; node = slot.BaseGfn < node.Slot.BaseGfn ? node.Left : node.Right)
        {
            parent = node;
        }

        Node added = new(slot) { Red = true, Parent = parent, Left = nil, Right = nil };
        if (parent == nil)
        {
            root = added;
        }
        else if (slot.BaseGfn < parent.Slot.BaseGfn)
        {
            parent.Left = added;
        }
        else
        {
            parent.Right = added;
        }

        BalanceAfterInsert(added);
    }

    public void Remove(Slot slot)
    {
        Node removed = root;
        while (removed.Slot != slot)
        {
            removed = slot.BaseGfn < removed.Slot.BaseGfn ? removed.Left : removed.Right;
        }

        Node gone = removed;
        if (removed.Left != nil && removed.Right != nil)
        {
            gone = removed.Right; // the next slot takes its place
            while (gone.Left != nil)
            {
                gone = gone.Left;
            }
        }

        removed.Slot = gone.Slot;
        Node child = gone.Left != nil ? gone.Left : gone.Right;
        Replace(gone, child);
        if (!gone.Red)
        {
            BalanceAfterRemove(child);
        }
    }

    private void BalanceAfterInsert(Node node)
    {
        while (node.Parent.Red)
        {
            Node parent = node.Parent;
            Node grandparent = parent.Parent;
            bool left = parent == grandparent.Left;
            Node uncle = left ? grandparent.Right : grandparent.Left;
            if (uncle.Red)
            {
                (parent.Red, uncle.Red, grandparent.Red) = (false, false, true);
                node = grandparent;
                continue;
            }

            if (node == (left ? parent.Right : parent.Left))
            {
                Rotate(parent, left);
                (node, parent) = (parent, node);
            }

            (parent.Red, grandparent.Red) = (false, true);
            Rotate(grandparent, !left);
        }

        root.Red = false;
    }

    private void BalanceAfterRemove(Node node)
    {
        while (node != root && !node.Red)
        {
            Node parent = node.Parent;
            bool left = node == parent.Left;
            Node sibling = left ? parent.Right : parent.Left;
            if (sibling.Red)
            {
                (sibling.Red, parent.Red) = (false, true);
                Rotate(parent, left);
                sibling = left ? parent.Right : parent.Left;
            }

            if (!sibling.Left.Red && !sibling.Right.Red)
            {
                sibling.Red = true;
                node = parent;
                continue;
            }

            Node far = left ? sibling.Right : sibling.Left;
            if (!far.Red)
            {
                Node near = left ? sibling.Left : sibling.Right;
                (near.Red, sibling.Red) = (false, true);
                Rotate(sibling, !left);
                (far, sibling) = (sibling, near);
            }

            (sibling.Red, parent.Red, far.Red) = (parent.Red, false, false);
            Rotate(parent, left);
            node = root;
        }

        node.Red = false;
    }

    private void Rotate(Node node, bool left)
    {
        Node up = left ? node.Right : node.Left;
        Node between = left ? up.Left : up.Right;
        Replace(node, up);
        if (left)
        {
            (node.Right, up.Left) = (between, node);
        }
        else
        {
            (node.Left, up.Right) = (between, node);
        }

        between.Parent = node;
        node.Parent = up;
    }

    private void Replace(Node node, Node by)
    {
        by.Parent = node.Parent;
        if (node == root)
        {
            root = by;
        }
        else if (node == node.Parent.Left)
        {
            node.Parent.Left = by;
        }
        else
        {
            node.Parent.Right = by;
        }
    }

    private sealed class Node
    {
        public Node(Slot slot)
        {
            Slot = slot;
            Parent = Left = Right = this;
        }

        public Slot Slot { get; set; }

        public bool Red { get; set; }

        public Node Parent { get; set; }

        public Node Left { get; set; }

        public Node Right { get; set; }
    }
}
