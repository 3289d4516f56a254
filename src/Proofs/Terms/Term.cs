// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Cmma.Proofs.Terms;

/// <summary>A term of SMT-LIB: an operator over terms, or a leaf. Equal when they are written the same.</summary>
public sealed class Term : IEquatable<Term>
{
    private static readonly Term[] Octets = [.. Enumerable.Range(0, 256).Select(value => Leaf($"#x{value:x2}", Terms.Sort.Octet))];

    private readonly int hash;
    private string? text;

    private Term(string head, string sort, Term[] arguments)
    {
        Head = head;
        Sort = sort;
        Arguments = arguments;
        HashCode code = default;
        code.Add(head, StringComparer.Ordinal);
        foreach (Term argument in arguments)
        {
            code.Add(argument.hash);
        }

        hash = code.ToHashCode();
    }

    /// <summary>The constant true.</summary>
    public static Term True { get; } = new("true", Terms.Sort.Bool, []);

    /// <summary>The constant false.</summary>
    public static Term False { get; } = new("false", Terms.Sort.Bool, []);

    /// <summary>The operator as written, or the text of a leaf.</summary>
    public string Head { get; }

    /// <summary>The sort.</summary>
    public string Sort { get; }

    /// <summary>What the operator is applied to; none for a leaf.</summary>
    public IReadOnlyList<Term> Arguments { get; }

    /// <summary>What a comparison of sums compares.</summary>
    internal Comparison? Comparison { get; private init; }

    /// <summary>A symbol or a constant.</summary>
    public static Term Leaf(string text, string sort) => new(text, sort, []);

    /// <summary>An operator applied to terms.</summary>
    public static Term Apply(string head, string sort, params Term[] arguments) => new(head, sort, arguments);

    /// <summary>A comparison of sums.</summary>
    internal static Term Compare(string head, Term left, Term right, Comparison comparison) =>
        new(head, Terms.Sort.Bool, [left, right]) { Comparison = comparison };

    /// <summary>A constant number.</summary>
    public static Term Constant(ulong value) => Leaf(value.ToString(CultureInfo.InvariantCulture), Terms.Sort.Word);

    /// <summary>A constant of 8 bits.</summary>
    public static Term Constant(byte value) => Octets[value];

    /// <summary>A constant truth value.</summary>
    public static Term Constant(bool value) => value ? True : False;

    /// <summary>Both are true.</summary>
    public static Term And(Term one, Term other) =>
        one == True ? other : other == True ? one : Apply("and", Terms.Sort.Bool, one, other);

    /// <summary>It is not true.</summary>
    public static Term Not(Term term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.Head == "not" ? term.Arguments[0] : Apply("not", Terms.Sort.Bool, term);
    }

    /// <summary>The same term.</summary>
    public static bool operator ==(Term? left, Term? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Another term.</summary>
    public static bool operator !=(Term? left, Term? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(Term? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || hash != other.hash || Head != other.Head || Arguments.Count != other.Arguments.Count)
        {
            return false;
        }

        for (int index = 0; index < Arguments.Count; index++)
        {
            if (!Arguments[index].Equals(other.Arguments[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Term);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>As SMT-LIB writes it.</summary>
    public override string ToString() => text ??= TermWriter.Write(this);
}
