// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Theorems;

/// <summary>A file of spec/smt that asks a solver something; a template of the matrix with its names filled in is one too.</summary>
/// <param name="Name">The file below spec/smt without its folder and ending, and what was filled in: "the_first_check_wins: get ...".</param>
/// <param name="File">The file, relative to spec/smt.</param>
/// <param name="Text">Its text, with the names filled in.</param>
internal sealed record Theorem(string Name, string File, string Text)
{
    /// <summary>Its header.</summary>
    public SpecHeader Header { get; } = new(Text);

    /// <summary>What was filled in, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Fillings { get; init; } = [];

    /// <summary>Two checks that cannot strike together: the hypotheses must contradict each other.</summary>
    public bool NeverBoth { get; init; }

    /// <summary>Two checks that answer alike: which of them wins cannot be seen.</summary>
    public bool SameAnswer { get; init; }

    /// <summary>The sentence that it proves.</summary>
    public string Claim => Header["claim"];

    /// <summary>The clauses that it is about.</summary>
    public string Guarantee => Header["guarantee"];

    /// <summary>Something that must not be possible; otherwise a witness: it must.</summary>
    public bool IsProof => Header["expect"] == "unsat";

    /// <summary>The template or file that it came from, without folder and ending.</summary>
    public string Stem => Name.Split(':')[0];
}
