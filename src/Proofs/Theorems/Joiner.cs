// SPDX-License-Identifier: MIT
using System.Text;
using Cmma.Traces;

namespace Cmma.Proofs.Theorems;

/// <summary>
/// Joins a theorem with the model files that it uses: the texts that spec/smt/join prints, so that what is proved here can be checked by
/// hand with the command that spec/README.md gives.
/// </summary>
internal sealed class Joiner(SmtFolder folder)
{
    private const string Examples = "examples";
    private const string State = "state";
    private const string Partition = "; partition";
    private const string Itself = "itself";

    /// <summary>The options that a theorem, or a model file that it uses, names for a solver.</summary>
    public string Options(Theorem theorem, string key)
    {
        IEnumerable<string> options = Models(theorem).Select(model => new SpecHeader(folder.Model[model])[key]).Append(theorem.Header[key]);
        return string.Join(' ', options.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));
    }

    /// <summary>The question itself.</summary>
    public string Proof(Theorem theorem) => Join(Models(theorem), theorem.Text);

    /// <summary>Without the claim, and with the examples: every answer must be sat.</summary>
    public string Vacuity(Theorem theorem) =>
        Join(Models(theorem, withExamples: true), WithoutClaim(WithExamples(theorem.Text.Split('\n'), "vacuity")));

    /// <summary>The question itself with the examples, as it is asked of a broken model.</summary>
    public string WithExamples(Theorem theorem) =>
        Join(Models(theorem, withExamples: true), string.Join('\n', WithExamples(theorem.Text.Split('\n'), "breakage")).TrimEnd('\n'));

    /// <summary>The names of the model files that it uses, each after those that it uses itself.</summary>
    public IReadOnlyList<string> Files(Theorem theorem) => Models(theorem);

    /// <summary>The mutations of a theorem (its key "breakage"), each with its number from 1; without those that do not count for it.</summary>
    public static IEnumerable<(int Number, string Breakage)> Breakages(Theorem theorem)
    {
        int number = 0;
        foreach ((string key, string value) in theorem.Header.Beginning("breakage"))
        {
            number++;
            if (key == "breakage" || !theorem.SameAnswer)
            {
                yield return (number, value);
            }
        }
    }

    /// <summary>With one mutation applied, and with the examples: at least one answer must be sat.</summary>
    /// <exception cref="InputException">The words that are to be changed do not occur in exactly one place.</exception>
    public string Breakage(Theorem theorem, string breakage)
    {
        int colon = breakage.IndexOf(": \"", StringComparison.Ordinal);
        int arrow = breakage.IndexOf("\" -> \"", StringComparison.Ordinal);
        if (colon < 0 || arrow < colon || !breakage.EndsWith('"'))
        {
            throw new InputException(theorem.File, $"not a breakage: {breakage}");
        }

        string broken = breakage[..colon];
        string old = breakage[(colon + 3)..arrow];
        string changed = breakage[(arrow + 6)..^1];
        List<string> models = Models(theorem, withExamples: true);
        bool done = false;
        List<string> texts = [];
        foreach (string model in models)
        {
            bool isBroken = $"{model}.smt2" == broken;
            texts.Add(isBroken ? Break(folder.Model[model], old, changed, theorem, broken) : folder.Model[model]);
            done |= isBroken;
        }

        string text = theorem.Text;
        if (broken == Itself)
        {
            text = Break(WithoutHeader(text), old, changed, theorem, broken);
        }
        else if (!done)
        {
            throw new InputException(theorem.File, $"the breakage is of {broken}, which the theorem does not use");
        }

        return Written(texts, string.Join('\n', WithExamples(text.TrimEnd('\n').Split('\n'), "breakage")).TrimEnd('\n'));
    }

    /// <summary>For a file of classes: what is an input of this class, without a question.</summary>
    /// <exception cref="InputException">The file has no line "; partition" after its classes.</exception>
    public string ClassInputs(Theorem classes, string name)
    {
        int end = classes.Text.IndexOf(Partition, StringComparison.Ordinal);
        return end >= 0
            ? Join(Models(classes), $"{classes.Text[..end]}(assert {name})")
            : throw new InputException(classes.File, $"there is no line '{Partition}'");
    }

    /// <summary>The text without its header, which says nothing to a solver.</summary>
    public static string WithoutHeader(string text)
    {
        string[] lines = text.Split('\n');
        return string.Join('\n', lines.SkipWhile(line => line.StartsWith(';')));
    }

    private static string Break(string text, string old, string changed, Theorem theorem, string broken)
    {
        int at = text.IndexOf(old, StringComparison.Ordinal);
        if (at < 0 || text.IndexOf(old, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw new InputException(theorem.File, $"a breakage: {(at < 0 ? "no text" : "more than one text")} {old} in {broken}");
        }

        return string.Concat(text.AsSpan(0, at), changed, text.AsSpan(at + old.Length));
    }

    private static IEnumerable<string> WithExamples(IEnumerable<string> lines, string mode) => lines.Select(line =>
    {
        string marked = $";?{mode} ";
        return line.StartsWith(marked, StringComparison.Ordinal) ? line[marked.Length..]
            : line.StartsWith(";? ", StringComparison.Ordinal) ? line[3..]
            : line;
    });

    private static string WithoutClaim(IEnumerable<string> lines)
    {
        List<string> kept = [];
        bool inClaim = false;
        foreach (string line in lines)
        {
            inClaim = (inClaim || line == "; refute") && line != "(check-sat)";
            if (!inClaim)
            {
                kept.Add(line);
            }
        }

        return string.Join('\n', kept).TrimEnd('\n');
    }

    private static string Written(IEnumerable<string> models, string text)
    {
        StringBuilder written = new();
        foreach (string model in models)
        {
            written.Append(model.TrimEnd('\n')).Append('\n');
        }

        return written.Append(text).Append('\n').ToString();
    }

    private string Join(List<string> models, string text) => Written(models.ConvertAll(model => folder.Model[model]), text);

    // Each after the files that it uses itself, once.
    private List<string> Models(Theorem theorem, bool withExamples = false)
    {
        List<string> models = [];
        foreach (string model in theorem.Header.Words("uses"))
        {
            Add(models, model, theorem.File);
        }

        if (withExamples && models.Contains(State, StringComparer.Ordinal))
        {
            Add(models, Examples, theorem.File);
        }

        return models;
    }

    private void Add(List<string> models, string model, string file)
    {
        if (models.Contains(model, StringComparer.Ordinal))
        {
            return;
        }

        if (!folder.Model.TryGetValue(model, out string? text))
        {
            throw new InputException(file, $"it uses {model}, and there is no model/{model}.smt2");
        }

        foreach (string used in new SpecHeader(text).Words("uses"))
        {
            Add(models, used, file);
        }

        models.Add(model);
    }
}
