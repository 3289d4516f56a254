// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Cmma.Traces;

namespace Cmma.Proofs.Theorems;

/// <summary>The folder spec/smt: everything that is to be proved.</summary>
internal sealed partial class SmtFolder
{
    private const string Ending = ".smt2";
    private static readonly string[] Parts =
        ["host", "vcpus", "enabled", "used", "migrating", "slots", "attributes", "content", "dirty"];

    private static readonly string[] FilledFromKeys =
        ["arguments", "result", "example of success", "example of failure", "example of a pair", "answers alike", "state after it"];

    private readonly string path;
    private readonly Dictionary<string, SpecHeader> operations = new(StringComparer.Ordinal);

    /// <summary>Reads the model.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public SmtFolder(string path)
    {
        this.path = path;
        if (!Directory.Exists(ModelFolder))
        {
            throw new InputException($"{ModelFolder}: not found");
        }

        foreach (string file in FilesBelow("model"))
        {
            string text = File.ReadAllText(file);
            string name = Path.GetFileNameWithoutExtension(file);
            Model[name] = text;
            if (new SpecHeader(text)["operation"].Length > 0)
            {
                operations[name] = new SpecHeader(text);
            }
        }
    }

    /// <summary>The texts of the model, by the names of their files.</summary>
    public Dictionary<string, string> Model { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the model is.</summary>
    public string ModelFolder => Path.Combine(path, "model");

    /// <summary>Everything, in the order of the files' names: theorems, the matrix, classes, witnesses.</summary>
    public IReadOnlyList<Theorem> Theorems()
    {
        List<Theorem> all = [];
        foreach (string file in FilesBelow("theorems"))
        {
            all.Add(Read("theorems", file));
        }

        foreach (string file in FilesBelow("matrix"))
        {
            Theorem template = Read("matrix", file);
            all.AddRange(Fillings(template).Select(fillings => Fill(template, fillings)));
        }

        all.AddRange(FilesBelow("classes").Select(file => Read("classes", file)));
        all.AddRange(FilesBelow("witnesses").Select(file => Read("witnesses", file)));
        return all;
    }

    /// <summary>A template with its names filled in, as spec/smt/join does it.</summary>
    public Theorem Fill(Theorem template, IReadOnlyList<(string Name, string Value)> fillings)
    {
        string text = template.Text;
        SpecHeader? operation = null;
        string pair = "";
        foreach ((string name, string value) in fillings)
        {
            if (name == "OPERATION")
            {
                operation = operations[value];
                text = FillOperation(text, operation);
            }
            else if (name == "FIRST")
            {
                text = text.Replace("EARLIER", Earlier(operation!, value), StringComparison.Ordinal);
                pair = value + "+";
            }
            else if (name == "SECOND")
            {
                pair += value;
            }

            text = text.Replace(name, value, StringComparison.Ordinal);
        }

        return new Theorem($"{template.Name}: {string.Join(", ", fillings.Select(filling => filling.Value))}", template.File, text)
        {
            Fillings = fillings,
            NeverBoth = operation is not null && operation.Words("never both").Contains(pair, StringComparer.Ordinal),
            SameAnswer = operation is not null && operation.Words("same answer").Contains(pair, StringComparer.Ordinal),
        };
    }

    private static string FillOperation(string text, SpecHeader operation)
    {
        foreach (string key in FilledFromKeys)
        {
            text = text.Replace(key.ToUpperInvariant().Replace(' ', '-'), operation[key], StringComparison.Ordinal);
        }

        text = text.Replace("SAME-WALK", operation["same walk"] is { Length: > 0 } walk ? walk : "other", StringComparison.Ordinal);
        IReadOnlyList<string> changed = operation.Words("changed by a failure");
        string kept = string.Join(' ', Parts.Except(changed, StringComparer.Ordinal).Select(part => $"(keeps-{part} before after)"));
        return text.Replace("KEPT", kept, StringComparison.Ordinal);
    }

    private static string Earlier(SpecHeader operation, string check) =>
        string.Join(' ', operation.Words("checks").TakeWhile(one => one != check).Select(one => $"(not ({one} before arguments result))"));

    [GeneratedRegex(@"^\(define-fun (?<name>\S+) \(\(s State\)\) Bool", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InvariantPattern { get; }

    private IEnumerable<string> Invariants() =>
        InvariantPattern.Matches(Model["invariants"]).Select(match => match.Groups["name"].Value).Where(name => name != "invariant");

    private IEnumerable<IReadOnlyList<(string Name, string Value)>> Fillings(Theorem template)
    {
        IReadOnlyList<string> names = template.Header.Words("for each");
        if (!names.Contains("OPERATION", StringComparer.Ordinal))
        {
            return Invariants().Select<string, IReadOnlyList<(string, string)>>(invariant => [("INVARIANT", invariant)]);
        }

        bool canFail = template.Header["only if"] == "it can fail";
        return operations.Where(one => !canFail || one.Value["fails"] != "never")
            .SelectMany(one => FillingsOf(one.Key, one.Value, names));
    }

    private IEnumerable<IReadOnlyList<(string Name, string Value)>> FillingsOf(string operation, SpecHeader header, IReadOnlyList<string> names)
    {
        if (names.Contains("INVARIANT", StringComparer.Ordinal))
        {
            foreach (string invariant in Invariants())
            {
                yield return [("OPERATION", operation), ("INVARIANT", invariant)];
            }
        }
        else if (names.Contains("FIRST", StringComparer.Ordinal))
        {
            IReadOnlyList<string> checks = header.Words("checks");
            for (int first = 0; first < checks.Count; first++)
            {
                for (int second = first + 1; second < checks.Count; second++)
                {
                    yield return [("OPERATION", operation), ("FIRST", checks[first]), ("SECOND", checks[second])];
                }
            }
        }
        else
        {
            yield return [("OPERATION", operation)];
        }
    }

    private Theorem Read(string folder, string file)
    {
        string name = Path.GetRelativePath(Path.Combine(path, folder), file).Replace('\\', '/');
        return new Theorem(name[..^Ending.Length], $"{folder}/{name}", File.ReadAllText(file));
    }

    private string[] FilesBelow(string folder)
    {
        string whole = Path.Combine(path, folder);
        string[] files = Directory.Exists(whole) ? Directory.GetFiles(whole, "*" + Ending, SearchOption.AllDirectories) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
