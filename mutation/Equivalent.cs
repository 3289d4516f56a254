using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Cmma.Mutation;

/// <summary>A mutant that no check can see, since it does what the source does.</summary>
/// <param name="File">The file, from the root of the project.</param>
/// <param name="Line">The line it begins in, without the space before it.</param>
/// <param name="Replacement">What stands in the place of the old text.</param>
/// <param name="Reason">Why it does the same.</param>
/// <param name="ShownBy">What proves it: paths (the mutated source on symbolic input), a theorem's file, or "reading".</param>
public sealed record Equivalent(string File, string Line, string Replacement, string Reason, string ShownBy)
{
    /// <summary>Whether this is that mutant.</summary>
    public bool Is(StrykerMutant mutant)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        return mutant.Change.File == File && mutant.Line == Line && mutant.Change.Replacement == Replacement;
    }

    /// <summary>mutation/equivalent.json.</summary>
    /// <param name="root">The root of the project.</param>
    public static IReadOnlyList<Equivalent> Read(string root)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(root, "mutation/equivalent.json")));
        return [.. document.RootElement.GetProperty("mutants").EnumerateArray().Select(One)];
    }

    private static Equivalent One(JsonElement mutant)
    {
        string Field(string name) => mutant.GetProperty(name).GetString()!;
        return new Equivalent(Field("file"), Field("line"), Field("new"), Field("reason"), Field("shown_by"));
    }
}
