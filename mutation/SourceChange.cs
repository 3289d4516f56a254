// SPDX-License-Identifier: MIT
namespace Cmma.Mutation;

/// <summary>One change of one source file: a mutant.</summary>
/// <param name="Name">What it is called in reports: a clause, or Stryker's number.</param>
/// <param name="File">The file, from the root of the project.</param>
/// <param name="Start">Where the replaced text begins, in characters from the file's begin.</param>
/// <param name="Length">How many characters are replaced.</param>
/// <param name="Replacement">What replaces it.</param>
public sealed record SourceChange(string Name, string File, int Start, int Length, string Replacement)
{
    /// <summary>The same in every run, and only for this change: several may begin at one place.</summary>
    public string Key => $"{Name}:{Length}:{Replacement}";

    /// <summary>The change of the only place where the file holds a text.</summary>
    /// <param name="name">What it is called in reports.</param>
    /// <param name="file">The file, from the root of the project.</param>
    /// <param name="text">What the file holds.</param>
    /// <param name="old">What is replaced; occurs in the file exactly once.</param>
    /// <param name="replacement">What replaces it.</param>
    /// <exception cref="FormatException">The file holds the old text not once.</exception>
    public static SourceChange Of(string name, string file, string text, string old, string replacement)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(old);
        int start = text.IndexOf(old, StringComparison.Ordinal);
        if (start < 0 || text.IndexOf(old, start + 1, StringComparison.Ordinal) >= 0)
        {
            throw new FormatException($"mutant {name}: {file} must hold this text once: {old}");
        }

        return new SourceChange(name, file, start, old.Length, replacement);
    }

    /// <summary>The file's text with the change.</summary>
    public string ApplyTo(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.AsSpan(0, Start), Replacement, text.AsSpan(Start + Length));
    }
}
