// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Proofs.Solving;
using Cmma.Traces;

namespace Cmma.Proofs.Theorems;

/// <summary>
/// The smallest input of a class: of all of them the one with the least first name, of those the one with the least second, and so on. So
/// there is one, whatever the solver answers first.
/// </summary>
/// <param name="solver">It has the definition of the class.</param>
/// <param name="names">The inputs, in their order.</param>
internal sealed class SmallestWitness(SolverProcess solver, IReadOnlyList<string> names)
{
    private const int BitsOfDigit = 4;
    private Dictionary<string, string> found = [];

    /// <summary>Finds it; the solver is left with each input at its value.</summary>
    /// <exception cref="InputException">The class is empty.</exception>
    public void Find()
    {
        if (solver.Check() != Answer.Satisfiable)
        {
            throw new InputException(solver.Subject, "the class has no input");
        }

        Read();
        foreach (string name in names)
        {
            if (found[name] is "true" or "false")
            {
                Try(found[name] == "true", $"(not {name})");
            }
            else
            {
                LowerBits(name);
            }

            solver.Send($"(assert (= {name} {found[name]}))");
        }

        if (solver.Check() != Answer.Satisfiable)
        {
            throw new InputException(solver.Subject, "the smallest input is none");
        }
    }

    private void LowerBits(string name)
    {
        int width = Bits(found[name]).Length;
        for (int bit = 0; bit < width; bit++)
        {
            string bits = Bits(found[name]);
            Try(bits[bit] == '1', $"(= ((_ extract {width - 1} {width - 1 - bit}) {name}) #b{bits[..bit]}0)");
        }
    }

    private void Try(bool canBeLess, string condition)
    {
        if (!canBeLess)
        {
            return;
        }

        solver.Send($"(push 1)\n(assert {condition})");
        if (solver.Check() == Answer.Satisfiable)
        {
            Read();
        }

        solver.Send("(pop 1)");
    }

    private void Read() => found = TraceTemplate.Values(solver.Ask($"(get-value ({string.Join(' ', names)}))"));

    private static string Bits(string value) => value.StartsWith("#b", StringComparison.Ordinal)
        ? value[2..]
        : string.Concat(value[2..].Select(digit =>
            byte.Parse([digit], NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString($"b{BitsOfDigit}", CultureInfo.InvariantCulture)));
}
