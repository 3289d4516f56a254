using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
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
    private const long MostBytes = 1L << 30;

    /// <summary>Writes what the source's side sent.</summary>
    public static int Write(Output to, Migration migration, string file)
    {
        if (migration.Outgoing.Broken is { } broken)
        {
            throw new CouldNotRunException($"the migration breaks off, so no stream is written: {broken.Reason}");
        }

        byte[] bytes = MigrationStream.Write(migration.Outgoing.Parts);
        VectorFormat.WriteWhole(file, bytes);
        to.Line($"written: {file}, {Number(bytes.Length)} bytes: {Number(migration.Outgoing.Parts.Count)} passes, {Number(migration.Outgoing.Blocks.Count())} blocks, {Number(migration.Outgoing.Blocks.Sum(block => block.Values.Length))} pages");
        return ExitCode.Conforms;
    }

    /// <summary>Reads a stream, gives it to the target, and tells which pages do not have what it says.</summary>
    public static int Load(Output to, string file, IImplementation target, ulong memoryPages)
    {
        IReadOnlyList<IReadOnlyList<Block>> passes = MigrationStream.Read(ReadAll(file), memoryPages, file);
        StreamLoad load = StreamLoad.Of(passes, target, memoryPages);
        to.Line($"{Number(passes.Count)} passes, {Number(passes.Sum(pass => pass.Count))} blocks, {Number(passes.SelectMany(pass => pass).Sum(block => block.Values.Length))} pages");
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
            to.Bad($"{Number(load.Different.Count)} pages do not have what the stream says");
            return ExitCode.DoesNotConform;
        }

        to.Good("every page has what the stream says");
        return ExitCode.Conforms;
    }

    private static byte[] ReadAll(string file)
    {
        try
        {
            FileInfo info = new(file);
            return info is { Exists: true, Length: > MostBytes } ? throw new InputException(file, "is larger than 1 GiB") : File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.Replace(Path.GetFullPath(file), file, StringComparison.Ordinal);
            throw new InputException($"{file}: cannot be read: {reason}", e);
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
