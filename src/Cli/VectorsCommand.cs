// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Cmma.Catalogue.Core;
using Cmma.Catalogue.Profiles;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Outside;
using Cmma.Traces;
using Cmma.Traces.Clauses;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma vectors list|fmt|lint|questions|minimize.</summary>
internal static class VectorsCommand
{
    public static Command Create(Output to, Lazy<SpecFolder> spec) =>
        new("vectors", "Lists, formats and checks the conformance vectors")
        {
            List(to, spec), Formatter(to, spec), Lint(to, spec), Questions(to, spec), Minimize(to, spec),
        };

    private static Command List(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("list", "Lists every vector with its clauses");
        Format format = Format.AddTo(command, Format.Pretty, Format.Json, Format.Markdown);
        command.SetAction(parsed =>
        {
            IReadOnlyList<Vector> vectors = new VectorFolder(spec.Value.Vectors).All();
            format.Write(to, parsed, (output, form) => WriteList(output, form, vectors));
            return ExitCode.Conforms;
        });
        return command;
    }

    private static void WriteList(Output to, string form, IReadOnlyList<Vector> vectors)
    {
        switch (form)
        {
            case Format.Json:
                to.Result.Write(JsonSerializer.Serialize(vectors.Select(Listed), SnakeCase) + "\n");
                break;
            case Format.Markdown:
                to.Result.Write("| vector | clauses | file |\n|---|---|---|\n");
                to.Result.Write(string.Concat(vectors.Select(vector => $"| {vector.Id} | {string.Join(", ", vector.Clauses)} | {VectorFolder.Shown(vector.File)} |\n")));
                break;
            default:
                WriteEach(to, vectors, vector => $"{vector.Id}  [{string.Join(", ", vector.Clauses)}]  {VectorFolder.Shown(vector.File)}");
                break;
        }
    }

    private static Command Formatter(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("fmt", "Rewrites the vector files and the manifest in canonical form");
        command.SetAction(_ =>
        {
            foreach (string file in VectorFormat.Rewrite(new VectorFolder(spec.Value.Vectors)))
            {
                to.Line($"wrote {VectorFolder.Shown(file)}");
            }

            return ExitCode.Conforms;
        });
        return command;
    }

    private static Command Lint(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("lint", "Checks the vectors against the schema, the clauses and each other");
        Format format = Format.AddTo(command, Format.Pretty, Format.Json);
        command.SetAction(parsed =>
        {
            HashSet<string> clauseIds = [.. ClauseFolder.Read(spec.Value.Clauses).Select(clause => clause.Id)];
            VectorFolder folder = new(spec.Value.Vectors);
            IReadOnlyList<string> findings = [.. VectorLint.Findings(folder, clauseIds), .. CoreSuite.Findings(folder)];
            format.Write(to, parsed, (output, form) =>
            {
                if (form == Format.Json)
                {
                    output.Result.Write(JsonSerializer.Serialize(new { findings }, SnakeCase) + "\n");
                }
                else
                {
                    WriteFindings(output, findings);
                }
            });
            return findings.Count == 0 ? ExitCode.Conforms : ExitCode.Usage;
        });
        return command;
    }

    private static void WriteFindings(Output to, IReadOnlyList<string> findings)
    {
        foreach (string finding in findings)
        {
            to.Error.WriteLine(finding);
        }

        to.Line(findings.Count == 0 ? "no findings" : $"{findings.Count} finding(s)");
    }

    private static object Listed(Vector vector) =>
        new { vector.Id, vector.Clauses, Capabilities = vector.Capabilities.Select(capability => capability.Name), vector.Source, File = VectorFolder.Shown(vector.File) };

    private static Command Questions(Output to, Lazy<SpecFolder> spec)
    {
        Option<string[]> without = new("--without") { Description = "Leaves out the vectors that need this capability", HelpName = "CAPABILITY" };
        Option<string> profile = ProfilesCommand.Option();
        without.AcceptOnlyFromAmong([.. Capability.All.Select(capability => capability.Name)]);
        Command command = new("questions", "Writes the questions for an implementation, to be answered elsewhere and judged by cmma check replay:FILE") { without, profile };
        command.SetAction(parsed =>
        {
            using MessageWriter writer = new();
            writer.AddHello();
            string[] lacking = parsed.GetValue(without) ?? [];
            Profile followed = new ProfileFolder(spec.Value).Find(parsed.GetValue(profile)!);
            IEnumerable<Vector> asked = ProfileCheck.Asked(new VectorFolder(spec.Value.Vectors).All(), followed);
            foreach (Vector vector in asked.Where(vector => !vector.Capabilities.Any(capability => lacking.Contains(capability.Name, StringComparer.Ordinal))))
            {
                writer.AddQuestion(Question.Of(vector.Trace));
            }

            to.Result.Write(Encoding.UTF8.GetString(writer.Lines));
            return ExitCode.Conforms;
        });
        return command;
    }

    private static Command Minimize(Output to, Lazy<SpecFolder> spec)
    {
        Command command = new("minimize", "Finds a small set of vectors that covers every clause, class and bug that the whole set covers");
        Format format = Format.AddTo(command, Format.Pretty, Format.Json);
        command.SetAction(parsed =>
        {
            IReadOnlyList<Vector> vectors = new VectorFolder(spec.Value.Vectors).All();
            IReadOnlyList<VectorGoal> goals = VectorGoals.Of(vectors);
            IReadOnlyList<Vector> set = SmallestSet.Of(vectors, goals);
            int Count(string kind) => goals.Count(goal => goal.Name.StartsWith(kind, StringComparison.Ordinal));
            format.Write(to, parsed, (output, form) =>
            {
                if (form == Format.Json)
                {
                    output.Result.Write(JsonSerializer.Serialize(new { goals = goals.Count, vectors = set.Select(vector => vector.Id) }, SnakeCase) + "\n");
                    return;
                }

                WriteEach(output, set, vector => vector.Id);
                output.Good($"{set.Count} of {vectors.Count} vectors cover {Count("clause ")} clauses, {Count("class ")} classes and {Count("bug ")} bugs");
            });
            return ExitCode.Conforms;
        });
        return command;
    }

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private static void WriteEach(Output to, IReadOnlyList<Vector> vectors, Func<Vector, string> line)
    {
        foreach (Vector vector in vectors)
        {
            to.Line(line(vector));
        }
    }
}
