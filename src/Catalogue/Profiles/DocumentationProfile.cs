// SPDX-License-Identifier: MIT
using Cmma.Judging.Profiles;
using Cmma.Traces;

namespace Cmma.Catalogue.Profiles;

/// <summary>
/// What the documentation of 2017 allows. Where its text is silent or contradicts itself, the contract's answer is allowed and so is every
/// kernel's; where it is clear, a kernel that does something else is not. What no kernel ever did is not allowed either.
/// </summary>
public static class DocumentationProfile
{
    /// <summary>As on the command line.</summary>
    public const string Name = "documentation";

    private const string About = "what the documentation of 2017 allows: where its text is silent or contradicts itself, what the contract or any kernel does";

    /// <summary>The profile, out of those of the kernels.</summary>
    public static Profile Of(IReadOnlyList<Vector> vectors, IReadOnlyList<Profile> kernels)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        List<ProfileVector> differing = [];
        foreach (Vector vector in vectors)
        {
            ProfileVector[] allowed = [.. kernels.SelectMany(kernel => kernel.Vectors)
                .Where(each => each.Id == vector.Id && each.Facts.Count > 0 && each.Facts.All(FactText.IsSilent))];
            ProfileOperation[] operations = [.. Enumerable.Range(1, vector.Trace.Steps.Count)
                .Select(number => Operation(number, vector.Trace.Steps[number - 1].Expect!, allowed))
                .OfType<ProfileOperation>()];
            if (operations.Length > 0)
            {
                differing.Add(new ProfileVector(vector.Id, [.. allowed.SelectMany(each => each.Facts).Distinct(StringComparer.Ordinal)], operations));
            }
        }

        return new Profile(Name, About, [], differing);
    }

    private static ProfileOperation? Operation(int number, Expectation contract, ProfileVector[] kernels)
    {
        Dictionary<string, Expected> alternatives = new(StringComparer.Ordinal);
        IEnumerable<Expectation> others = kernels.SelectMany(kernel => kernel.Operations)
            .Where(operation => operation.Number == number)
            .Select(operation => operation.Expect)
            .OfType<Expectation>();
        foreach (Expected expected in others.Prepend(contract).SelectMany(each => each.Alternatives).SelectMany(WithUntouchedBuffer))
        {
            alternatives.TryAdd(TraceWriter.Expectation(new Expectation([expected])), expected);
        }

        return alternatives.Count > contract.Alternatives.Count ? new ProfileOperation(number, new Expectation([.. alternatives.Values]), Ends: null) : null;
    }

    // a call that fails with EFAULT may have written to the buffer, and need not
    private static IEnumerable<Expected> WithUntouchedBuffer(Expected expected) => expected is { Result: "EFAULT", Breach: not null }
        ? [expected, expected with { Breach = null }]
        : [expected];
}
