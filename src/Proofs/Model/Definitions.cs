// SPDX-License-Identifier: MIT
namespace Cmma.Proofs.Model;

/// <summary>A function of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Body">What it is.</param>
internal sealed record Definition(string Name, IReadOnlyList<string> Parameters, SExpression Body);

/// <summary>Every definition of the model's files, by name.</summary>
internal sealed class Definitions
{
    public Dictionary<string, Definition> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>A selector's place among the fields of its constructor.</summary>
    public Dictionary<string, (string Constructor, int Field)> Selectors { get; } = new(StringComparer.Ordinal);

    /// <summary>Constructors, with the names of their fields.</summary>
    public Dictionary<string, IReadOnlyList<string>> Constructors { get; } = new(StringComparer.Ordinal);

    /// <summary>The sorts of the fields of each constructor, as they are written.</summary>
    public Dictionary<string, IReadOnlyList<string>> FieldSorts { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The selectors that have no meaning for every value of their datatype, with their sorts: "base" of "no-slot" can be anything.
    /// </summary>
    public Dictionary<string, string> PartialSelectors { get; } = new(StringComparer.Ordinal);

    /// <summary>The checks of each operation, in the order in which they win.</summary>
    public Dictionary<string, IReadOnlyList<string>> Checks { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the files of a folder.</summary>
    public static Definitions ReadFolder(string folder)
    {
        Definitions definitions = new();
        string[] files = Directory.GetFiles(folder, "*.smt2");
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            string text = File.ReadAllText(file);
            definitions.Read(text);
            definitions.ReadChecks(Path.GetFileNameWithoutExtension(file), text);
        }

        return definitions;
    }

    /// <summary>Reads one text; a name that is there already is redefined.</summary>
    public void Read(string text)
    {
        foreach (SExpression command in SExpression.ReadAll(text))
        {
            if (command.Head == "define-fun")
            {
                ReadFunction(command);
            }
            else if (command.Head == "declare-datatypes")
            {
                ReadDatatypes(command);
            }
            else if (command.Head == "assert")
            {
                ReadEquation(command.Items[1]);
            }
        }
    }

    private void ReadChecks(string operation, string text)
    {
        const string Key = "; checks:";
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(Key, StringComparison.Ordinal))
            {
                Checks[operation] = line[Key.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    private void ReadFunction(SExpression command)
    {
        List<string> parameters = [];
        foreach (SExpression parameter in command.Items[2].Items)
        {
            parameters.Add(parameter.Items[0].Atom!);
        }

        string name = command.Items[1].Atom!;
        Functions[name] = new Definition(name, parameters, command.Items[4]);
    }

    // A definition that is written as a function with its equation: (forall (...) (! (= (name ...) body) :pattern ...)).
    private void ReadEquation(SExpression law)
    {
        if (law.Head == "forall" && law.Items[2].Head == "!" && law.Items[2].Items[1] is { Head: "=" } equation && equation.Items[1].Head.Length > 0)
        {
            string name = equation.Items[1].Head;
            List<string> parameters = [];
            for (int index = 1; index < equation.Items[1].Items.Count; index++)
            {
                parameters.Add(equation.Items[1].Items[index].Atom!);
            }

            Functions[name] = new Definition(name, parameters, equation.Items[2]);
        }
    }

    private void ReadDatatypes(SExpression command)
    {
        foreach (SExpression datatype in command.Items[2].Items)
        {
            foreach (SExpression constructor in datatype.Items)
            {
                string name = constructor.Items[0].Atom!;
                List<string> fields = [];
                for (int field = 1; field < constructor.Items.Count; field++)
                {
                    fields.Add(constructor.Items[field].Items[0].Atom!);
                    Selectors[fields[^1]] = (name, field - 1);
                    if (datatype.Items.Count > 1)
                    {
                        PartialSelectors[fields[^1]] = constructor.Items[field].Items[1].ToString();
                    }
                }

                Constructors[name] = fields;
                FieldSorts[name] = [.. constructor.Items.Skip(1).Select(field => field.Items[1].ToString())];
            }
        }
    }
}
