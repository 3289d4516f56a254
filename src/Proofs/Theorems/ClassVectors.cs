// SPDX-License-Identifier: MIT
using System.Text;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Traces;
using Cmma.Traces;
using Cmma.Traces.Json;
using Cmma.Traces.Vectors;

namespace Cmma.Proofs.Theorems;

/// <summary>
/// Vectors out of the solver: spec/smt/classes parts the inputs of an operation into classes; the smallest input of each becomes a vector
/// whose expectations are what the reference answers.
/// </summary>
public sealed class ClassVectors
{
    private readonly SmtFolder folder;
    private readonly Joiner joiner;
    private readonly VectorFolder vectors;
    private readonly SolverKind solverKind;

    /// <summary>Reads the classes.</summary>
    public ClassVectors(SpecFolder spec, SolverKind solver)
    {
        ArgumentNullException.ThrowIfNull(spec);
        folder = new SmtFolder(Path.Combine(spec.Path, "smt"));
        joiner = new Joiner(folder);
        vectors = new VectorFolder(spec.Vectors);
        solverKind = solver;
    }

    /// <summary>The operations that have classes.</summary>
    public IReadOnlyList<string> Operations => [.. Classes.Select(classes => classes.Name)];

    private IEnumerable<Theorem> Classes => folder.Theorems().Where(one => one.File.StartsWith("classes/", StringComparison.Ordinal));

    /// <summary>The file of vectors of an operation, "get/classes.json", and its text: the same on every run.</summary>
    /// <param name="operation">One of <see cref="Operations"/>.</param>
    /// <exception cref="InputException">A class has no input, or the reference does not answer as its file says.</exception>
    /// <exception cref="SolverException">The solver failed.</exception>
    public (string File, string Text) Generate(string operation) =>
        ($"{operation}/classes.json", Text(Classes.First(classes => classes.Name == operation)));

    /// <summary>Writes them, and what follows from them in the folder; answers what was changed.</summary>
    public IReadOnlyList<string> Write()
    {
        List<string> written = [];
        foreach ((string file, string text) in Operations.Select(Generate))
        {
            string path = vectors.FullPath(file);
            if (!File.Exists(path) || !VectorFormat.Holds(path, text))
            {
                VectorFormat.WriteWhole(path, text);
                written.Add(file);
            }
        }

        return [.. written, .. VectorFormat.Rewrite(vectors)];
    }

    private string Text(Theorem classes) =>
        TraceWriter.Vectors([.. classes.Header.All("class").Select(line => Vector(classes, line.Split(' ')))]);

    private Vector Vector(Theorem classes, string[] line)
    {
        string name = line[0];
        Trace trace = Trace(classes, name, outcome: line[1]);
        return new Vector(
            name,
            line[2..],
            $"The smallest input of this class of inputs (spec/smt/classes), as a solver found it: it ends with {Said(line[1])}.",
            ["contract"],
            $"class:{name}",
            Capabilities.NeededBy(trace),
            trace,
            $"{classes.Name}/classes.json",
            Line: 0);
    }

    private static string Said(string outcome) => outcome switch
    {
        "zeros" => "32 zero bytes",
        "ok" => "success",
        _ => outcome,
    };

    private Trace Trace(Theorem classes, string name, string outcome)
    {
        TraceTemplate template = new(classes.File, Find(classes, name));
        List<string> before = [.. Lines(classes.Header, "trace", template)];
        string call = classes.Header["call"];
        string fields = string.Concat(Lines(classes.Header, "field", template).Select(field => $",{field}"));
        call = template.Fill(call)[..^1] + fields + "}";
        Trace plan = WitnessTraces.Read([.. before, call, .. Lines(classes.Header, "then", template)], $"{classes.File}, {name}");
        TraceBuilder built = new(new ConcreteState { HostHasCmma = plan.HostHasCmma });
        for (int index = 0; index < plan.Steps.Count; index++)
        {
            Outcome answered = built.Do(plan.Steps[index].Operation);
            if (index == before.Count && Wrong(classes.Header["answer"], outcome, answered, template) is { } reason)
            {
                throw new InputException(classes.File, $"{name}: the reference does not answer as the class says: {reason}");
            }
        }

        return built.Trace;
    }

    private static string? Wrong(string answer, string outcome, Outcome answered, TraceTemplate template)
    {
        string said = answered.Zeroed ? "zeros" : answered.Result;
        if (said != outcome)
        {
            return $"{said} instead of {outcome}";
        }

        if (outcome != Outcome.Ok || answer.Length == 0)
        {
            return null;
        }

        Outcome wanted = JsonInput.Parse(Encoding.UTF8.GetBytes($"{{\"result\":\"{Outcome.Ok}\",{template.Fill(answer).Trim()[1..]}"), "answer", ResultJson.ReadOutcome);
        return (wanted.StartGfn, wanted.Count) == (answered.StartGfn, answered.Count)
            ? null
            : $"{answered.Count} pages from {answered.StartGfn} instead of {template.Fill(answer)}";
    }

    // "trace", "trace if NAME", "trace for each bit of NAME".
    private static IEnumerable<string> Lines(SpecHeader header, string word, TraceTemplate template)
    {
        const string ForEachBit = " for each bit of ";
        foreach ((string key, string value) in header.Beginning(word))
        {
            string rest = key[word.Length..];
            if (rest.StartsWith(ForEachBit, StringComparison.Ordinal))
            {
                ulong bits = template.Number(rest[ForEachBit.Length..]);
                for (int bit = 0; bit < 64; bit++)
                {
                    if ((bits >> bit & 1) != 0)
                    {
                        yield return template.Fill(value.Replace("<hex bit>", TraceWriter.Hex((ulong)bit), StringComparison.Ordinal));
                    }
                }
            }
            else if (Condition(rest) is not { } condition || template.Is(condition))
            {
                yield return template.Fill(value);
            }
        }
    }

    private static string? Condition(string rest) => rest.StartsWith(" if ", StringComparison.Ordinal) ? rest[" if ".Length..] : null;

    // Every name that the header uses, at the smallest input of the class.
    private Dictionary<string, string> Find(Theorem classes, string name)
    {
        using SolverProcess solver = new(solverKind, SolverLimits.Theorem, classes.File);
        solver.Send(joiner.ClassInputs(classes, name));
        new SmallestWitness(solver, classes.Header.Words("order")).Find();
        IReadOnlyList<(string Key, string Value)> lines =
        [
            .. classes.Header.Beginning("trace"), .. classes.Header.Beginning("call"), .. classes.Header.Beginning("field"),
            .. classes.Header.Beginning("answer"), .. classes.Header.Beginning("then"),
        ];
        IEnumerable<string> names = lines.SelectMany(line => TraceTemplate.Names(line.Value))
            .Concat(lines.Where(line => line.Key.Contains(' ', StringComparison.Ordinal)).Select(line => line.Key.Split(' ')[^1]))
            .Where(one => one != "bit")
            .Distinct(StringComparer.Ordinal);
        return TraceTemplate.Values(solver.Ask($"(get-value ({string.Join(' ', names)}))"));
    }
}
