// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Judging;
using Cmma.Migrating;
using Cmma.Reports.Pictures;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>cmma migrate --stream and --load: what a consumer sends, as a file.</summary>
internal static class MigrateStreams
{
    /// <summary>The pages of a target that nobody said more of.</summary>
    public const uint DefaultMemoryPages = 65536;

    private const int MostShown = 16;
    private const long MostBytes = 256L << 20;

    /// <summary>Writes what the source's side sent.</summary>
    public static int Write(Output to, Migration migration, string file)
    {
        if (migration.Outgoing.Broken is { } broken)
        {
            throw new CouldNotRunException($"the migration breaks off, so no stream is written: {broken.Reason}");
        }

        byte[] bytes = MigrationStream.Write(migration.Outgoing.Parts);
        VectorFormat.WriteWhole(file, bytes);
        to.Line($"written: {file}, {Number(bytes.Length)} bytes: {Size(migration.Outgoing.Parts)}");
        return ExitCode.Conforms;
    }

    /// <summary>Reads a stream, applies it to the target, and reports which pages do not have what it says.</summary>
    public static int Load(Output to, string file, IImplementation target, ulong memoryPages)
    {
        IReadOnlyList<IReadOnlyList<Block>> passes = MigrationStream.Read(ReadAll(file), memoryPages, file);
        StreamLoad load = StreamLoad.Of(passes, target, memoryPages);
        to.Line($"{Size(passes)}");
        foreach (MigrationStep step in load.Steps)
        {
            to.Line($"  {TraceWriter.Operation(step.Operation)}");
            to.Line($"     {OutcomeText.Of(step.Outcome)}");
        }

        foreach (PageLoss page in load.Different.Take(MostShown))
        {
            to.Bad($"page {TraceWriter.Hex(page.Gfn)}: {page.AtSource:x2} in the stream, {page.AtTarget:x2} at {target.Name}");
        }

        if (load.Different.Count > 0)
        {
            to.Bad($"{Counted(load.Different.Count, "page")} {(load.Different.Count == 1 ? "does" : "do")} not have what the stream says");
            return ExitCode.DoesNotConform;
        }

        to.Good("every page has what the stream says");
        return ExitCode.Conforms;
    }

    private static byte[] ReadAll(string file)
    {
        try
        {
            if (Directory.Exists(file))
            {
                throw new InputException($"{file}: is a directory, not a file");
            }

            using FileStream stream = File.OpenRead(file);
            using MemoryStream all = new();
            byte[] buffer = new byte[1 << 20];
            for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                all.Write(buffer.AsSpan(0, read));
                if (all.Length > MostBytes) // also of what has no length, such as a pipe
                {
                    throw new InputException($"{file}: is larger than {MostBytes >> 20} MiB");
                }
            }

            return all.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.Replace(Path.GetFullPath(file), file, StringComparison.Ordinal);
            throw new InputException($"{file}: cannot be read: {reason}", e);
        }
    }

    private static string Size(IReadOnlyList<IReadOnlyList<Block>> passes)
    {
        Block[] blocks = [.. passes.SelectMany(pass => pass)];
        return $"{Counted(passes.Count, "pass", "passes")}, {Counted(blocks.Length, "block")}, {Counted(blocks.Sum(block => (long)block.Values.Length), "page")}";
    }

    private static string Counted(long number, string one, string? more = null) => $"{Number(number)} {(number == 1 ? one : more ?? one + "s")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
