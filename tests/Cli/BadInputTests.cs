// SPDX-License-Identifier: MIT
namespace Cmma.Cli.Tests;

/// <summary>Bad input is one line on stderr, exit code 2, and nothing is written.</summary>
public sealed class BadInputTests
{
    private const string GapShown = "spec/vectors/get/gap-after-the-first-page.json";

    private static readonly string[][] CommandsOnVectors =
        [["check", "reference"], ["smoke", "reference"], ["explain", "x"], ["vectors", "list"], ["vectors", "fmt"], ["vectors", "lint"], ["clauses"]];

    [Fact]
    public void A_command_without_its_prefix_is_suggested_with_it() =>
        Assert.StartsWith("unknown implementation 'perl my.pl' (did you mean 'exec:perl my.pl'?); there are: ", Invocation.Run("check", "perl my.pl").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "cmma: Required command was not provided (see cmma --help)")]
    [InlineData("bogus", "cmma: Unrecognized command or argument 'bogus' (did you mean 'bugs'?) (see cmma --help)")]
    [InlineData("--bogus check reference", "cmma check: Unrecognized command or argument '--bogus' (see cmma check --help)")]
    [InlineData("check", "cmma check: Required argument 'IMPL' missing for command: 'check' (see cmma check --help)")]
    [InlineData("check reference twice", "cmma check: Unrecognized command or argument 'twice' (see cmma check --help)")]
    [InlineData("check reference --format xml", "cmma check: Argument 'xml' not recognized. Must be one of: 'pretty' 'json' 'ktap' 'junit' 'github' 'markdown' (see cmma check --help)")]
    [InlineData("clauses --format ktap", "cmma clauses: Argument 'ktap' not recognized. Must be one of: 'pretty' 'json' 'markdown' (see cmma clauses --help)")]
    [InlineData("check exec:perl my.pl", "cmma check: Unrecognized command or argument 'my.pl' (did you mean 'exec:perl my.pl', in quotes?) (see cmma check --help)")]
    [InlineData("check exec:perl --ony x", "cmma check: Unrecognized command or argument '--ony' (did you mean '--only'?) (see cmma check --help)")]
    [InlineData("diff exec:perl my.pl reference", "cmma diff: Unrecognized command or argument 'reference' (see cmma diff --help)")]
    [InlineData("check exec:", "unknown implementation 'exec:': a command has to stand behind the colon; there are: reference, ")]
    [InlineData("check native:", "unknown implementation 'native:': a file has to stand behind the colon; there are: reference, ")]
    [InlineData("check reference --only", "cmma check: Required argument missing for option: '--only' (see cmma check --help)")]
    [InlineData("smoke reference --time 0", "cmma smoke: --time needs a time such as 30, 30s, 5m or 1h, above 0 and at most 1000h (see cmma smoke --help)")]
    [InlineData("generate", "cmma generate: generate needs either --seed S, or --from-spec alone, or --self-checking PROFILE with no option but --suite (see cmma generate --help)")]
    [InlineData("fuzz optimized --threads 2 --against reference", "cmma fuzz: fuzz takes --threads or --against, not both: threads are checked against promises, not against another machine (see cmma fuzz --help)")]
    [InlineData("check kernel:6.12 --recordings DIR --only foo", "cmma check: check takes --recordings alone: it runs no vectors (see cmma check --help)")]
    [InlineData("check reference --only foo --suite core", "cmma check: check takes one of --only, --suite and --failed (see cmma check --help)")]
    [InlineData("check reference --recordings DIR", "--recordings are of kernels, so not for reference; there are: kernel:4.13, ")]
    [InlineData("check kernel:6.13 --recordings DIR", "unknown kernel 'kernel:6.13'; there are: kernel:4.13, ")]
    [InlineData("diff reference optimized --seed abc", "cmma diff: --seed needs a number from 0 to 2^64 - 1 (see cmma diff --help)")]
    [InlineData("generate --self-checking kernel:7.2 --seed 1", "cmma generate: generate needs either --seed S, or --from-spec alone, or --self-checking PROFILE with no option but --suite (see cmma generate --help)")]
    [InlineData("generate --self-checking kernel:9.9", "unknown profile 'kernel:9.9'")]
    [InlineData("generate --seed 1 --suite core", "generate takes --suite with --self-checking only")]
    [InlineData("generate --seed 1 --from-spec", "cmma generate: generate needs either --seed S, or --from-spec alone, or --self-checking PROFILE with no option but --suite (see cmma generate --help)")]
    [InlineData("generate --from-spec --count 3", "cmma generate: generate needs either --seed S, or --from-spec alone, or --self-checking PROFILE with no option but --suite (see cmma generate --help)")]
    [InlineData("generate --from-spec --output .", "cmma generate: generate needs either --seed S, or --from-spec alone, or --self-checking PROFILE with no option but --suite (see cmma generate --help)")]
    [InlineData("generate --from-spec --profile kernel:6.12", "cmma generate: generate needs either --seed S, or --from-spec alone, or --self-checking PROFILE with no option but --suite (see cmma generate --help)")]
    [InlineData("generate --seed -1", "cmma generate: --seed needs a number from 0 to 2^64 - 1 (see cmma generate --help)")]
    [InlineData("generate --seed 1 --profile kernel:6.13", "unknown profile 'kernel:6.13'; there are: contract, documentation, kernel:4.13, ")]
    [InlineData("generate --seed 1 --count 0", "cmma generate: --count needs a number from 1 to 100000 (see cmma generate --help)")]
    [InlineData("generate --seed 1 --count x", "cmma generate: ")]
    [InlineData("generate --seed 1 --output no-such-folder", "no-such-folder/random-1.json: cannot be written: there is no such folder\n")]
    [InlineData("vectors", "cmma vectors: Required command was not provided (see cmma vectors --help)")]
    [InlineData("vectors bogus", "cmma vectors: Unrecognized command or argument 'bogus' (see cmma vectors --help)")]
    [InlineData("vectors list extra", "cmma vectors list: Unrecognized command or argument 'extra' (see cmma vectors list --help)")]
    [InlineData("bench --format ktap", "cmma bench: Argument 'ktap' not recognized. Must be one of: 'pretty' 'json' 'markdown' 'svg' (see cmma bench --help)")]
    [InlineData("bench --format svg", "cmma bench: only --scaling can be drawn as svg (see cmma bench --help)")]
    [InlineData("bench twice", "cmma bench: Unrecognized command or argument 'twice' (see cmma bench --help)")]
    [InlineData("fuzz", "cmma fuzz: Required argument 'IMPL' missing for command: 'fuzz' (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --seed -1", "cmma fuzz: --seed needs a number from 0 to 2^64 - 1 (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --steps 0", "cmma fuzz: --steps needs a number above 0 (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --steps 1e6", "cmma fuzz: --steps needs a number above 0 (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --time 30x", "cmma fuzz: --time needs a time such as 30, 30s, 5m or 1h, above 0 and at most 1000h (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --time 0s", "cmma fuzz: --time needs a time such as 30, 30s, 5m or 1h, above 0 and at most 1000h (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --time 1001h", "cmma fuzz: --time needs a time such as 30, 30s, 5m or 1h, above 0 and at most 1000h (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --time s", "cmma fuzz: --time needs a time such as 30, 30s, 5m or 1h, above 0 and at most 1000h (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --threads 1", "cmma fuzz: --threads needs a number from 2 to 64 (see cmma fuzz --help)")]
    [InlineData("fuzz optimized --threads two", "cmma fuzz: --threads needs a number from 2 to 64 (see cmma fuzz --help)")]
    [InlineData("fuzz reference --threads 2", "reference is for one thread; --threads needs optimized")]
    [InlineData("fuzz optimized --against nothing", "unknown implementation 'nothing'; there are: reference")]
    [InlineData("fuzz nothing --steps 1", "unknown implementation 'nothing'; there are: reference")]
    [InlineData("chekc reference", "cmma: Unrecognized command or argument 'chekc' (did you mean 'check'?) (see cmma --help)")]
    [InlineData("check reference --fromat json", "cmma check: Unrecognized command or argument '--fromat' (did you mean '--format'?) (see cmma check --help)")]
    [InlineData("check refernce", "unknown implementation 'refernce' (did you mean 'reference'?); there are: reference")]
    [InlineData("check kernel6.12", "unknown implementation 'kernel6.12' (did you mean 'kernel:6.12'?); there are: reference")]
    [InlineData("explain GET-BLOK-4", "unknown clause 'GET-BLOK-4' (did you mean 'GET-BLOCK-4'?)")]
    [InlineData("check reference --failed", "reference: no failure is known of a check in this folder, so there is nothing to run again")]
    [InlineData("migrate reference", "cmma migrate: migrate needs SOURCE and TARGET; or --matrix, or --load FILE TARGET (see cmma migrate --help)")]
    [InlineData("migrate reference nothing", "unknown implementation 'nothing'; there are: reference")]
    [InlineData("migrate reference reference --consumer nobody", "cmma migrate: Argument 'nobody' not recognized. Must be one of: 'qemu' 'careful' 'overlapping' (see cmma migrate --help)")]
    [InlineData("migrate reference reference --seed x", "cmma migrate: --seed needs a number from 0 to 2^64 - 1 (see cmma migrate --help)")]
    [InlineData("migrate reference reference --memory 5", "cmma migrate: --memory goes with --load only (see cmma migrate --help)")]
    [InlineData("migrate --load x reference --memory 0", "cmma migrate: --memory needs a number of pages from 1 to 16777216 (see cmma migrate --help)")]
    [InlineData("migrate --load x reference reference", "cmma migrate: migrate --load FILE needs TARGET, and no SOURCE (see cmma migrate --help)")]
    [InlineData("migrate --load x reference --stream y", "cmma migrate: migrate --load goes without --stream (see cmma migrate --help)")]
    [InlineData("migrate --load x reference --format json", "cmma migrate: migrate --load goes without --format (see cmma migrate --help)")]
    [InlineData("migrate --load no-such-file reference", "no-such-file: cannot be read: there is no such file")]
    [InlineData("migrate --load . reference", ".: is a directory, not a file")]
    [InlineData("migrate --load /dev/zero reference", "/dev/zero: is larger than 256 MiB")]
    [InlineData("migrate --load /dev/null reference", "/dev/null: byte 0: truncated: 0 bytes stand where there must be the start part")]
    [InlineData("migrate reference reference --stream x --picture y", "cmma migrate: migrate --stream goes without --picture (see cmma migrate --help)")]
    [InlineData("migrate reference reference --stream no-such-folder/x", "no-such-folder/x: cannot be written: there is no such folder")]
    [InlineData("migrate reference reference --trace x --seed 1", "cmma migrate: migrate --trace goes without --seed (see cmma migrate --help)")]
    [InlineData("migrate --matrix --trace x", "cmma migrate: migrate --matrix goes without --trace (see cmma migrate --help)")]
    [InlineData("migrate --matrix --format ktap", "cmma migrate: migrate --matrix has no form ktap: --format markdown or json (see cmma migrate --help)")]
    [InlineData("check nothing", "unknown implementation 'nothing'; there are: reference")]
    [InlineData("smoke nothing", "unknown implementation 'nothing'; there are: reference")]
    [InlineData("replay x.json nothing", "x.json: no such file")]
    [InlineData("explain nothing", "unknown vector 'nothing'; cmma vectors list shows all")]
    [InlineData("explain @nothing", "unknown vector '@nothing'; cmma vectors list shows all")]
    [InlineData("check reference --only get/holes", "unknown vector 'get/holes' (did you mean 'get/holes.json'?); cmma vectors list shows all")]
    [InlineData("check reference --only get/nothing", "unknown vector 'get/nothing' (did you mean 'get'?); cmma vectors list shows all")]
    [InlineData("check reference --only nothing", "unknown vector 'nothing'; cmma vectors list shows all")]
    [InlineData("replay no-such-file.json reference", "no-such-file.json: no such file")]
    public void Wrong_usage_is_one_line_and_exit_code_2(string args, string says) =>
        Refused(Invocation.Run(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)), says);

    [Theory]
    [InlineData("{\n\"operations\":[\n{\"op\":\"create_vcpu\",\"note\":1}]}", ":3: operations[0]: unknown field 'note'")]
    [InlineData("{\n\"operations\":[\n{\"op\":\"get\",\"start_gfn\":\"0x0\",\"count\":-1}]}", ":3: operations[0].count: is below 0")]
    [InlineData("{\n\"operations\":[\n{\"op\":\"get\",\"start_gfn\":\"0x0\",\"count\":1.5}]}", ":3: operations[0].count: must be an integer")]
    [InlineData("{\n\"operations\":[\n{\"op\":\"touch\"}]}", ":3: operations[0]: field 'gfn' is missing")]
    [InlineData("{\n\"operations\":[\n{\"op\":\"touch\",\"gfn\":\"0x1\\n\"}]}", ":3: operations[0].gfn: '0x1\\n' does not have the form: ")]
    [InlineData("{\n\"operations\":[\n{\"op\":\"essa\",\"gfn\":\"0x1\",\"orc\":1}]}", ": line 3: malformed: ESSA before a vCPU exists (ESSA-CHECK-4)")]
    [InlineData("{\n\"operations\":", ":2: no valid JSON: ")]
    [InlineData("not JSON", ":1: no valid JSON: ")]
    [InlineData("", ":1: no valid JSON: ")]
    [InlineData("\0\0\0\0", ":1: no valid JSON: ")]
    [InlineData("null", ":1: must be an object")]
    [InlineData("{\"vectors\":[{}]}", ":1: vectors[0]: field 'id' is missing")]
    public void A_malformed_trace_is_refused_with_file_line_and_reason(string text, string says)
    {
        using TempSpec spec = new();
        string file = spec.Write("my trace.json", text);

        Refused(Invocation.Run("replay", file, "reference"), file + says);
    }

    [Fact]
    public void A_directory_an_oversized_file_and_a_very_long_line_are_refused()
    {
        using TempSpec spec = new();
        string file = spec.Write("large.json", "");
        using (FileStream large = File.OpenWrite(file))
        {
            large.SetLength((64 * 1024 * 1024) + 1);
        }

        Refused(Invocation.Run("replay", spec.Path, "reference"), spec.Path + ": is a directory, not a file");
        Refused(Invocation.Run("replay", file, "reference"), file + ": is larger than 64 MiB");
        Invocation longLine = Invocation.Run("replay", spec.Write("long.json", $"{{\"operations\":[{{\"op\":\"{new string('x', 1_000_000)}\"}}]}}"), "reference");
        Refused(longLine, spec.At("long.json") + ":1: operations[0].op: 'xxxx");
        Assert.InRange(longLine.Error.Length, 1, 1000);
    }

    public static TheoryData<string, string, string> SpoiltVectors => new()
    {
        { "\"why\":", "\"whim\":", $"{GapShown}:7: vectors[0]: unknown field 'whim'" },
        { "\"source\": \"hand\"", "\"source\": \"guess\"", $"{GapShown}:9: vectors[0].source: 'guess' does not have the form: hand, selftest, fuzz, or class: and a name" },
        { "\"op\":\"create_slot\"", "\"op\":\"create_slots\"", "vectors[0].operations[0].op: 'create_slots' is none of" },
        { "\"vectors\"", "\"vectors", $"{GapShown}:3: no valid JSON: " },
        { "\"profiles\": [\"contract\"]", "\"profiles\": []", $"{GapShown}:8: vectors[0].profiles: needs at least 1 item(s)" },
        { "\"expect\":", "\"expected\":", "unknown field 'expected'" },
    };

    [Theory]
    [MemberData(nameof(SpoiltVectors))]
    public void A_spoilt_vector_is_refused_by_every_command_and_nothing_is_written(string before, string after, string says)
    {
        using TempSpec spec = new();
        spec.Plant(TempSpec.Gap, before, after);

        RefusedByAll(spec, says);
    }

    [Fact]
    public void An_id_used_twice_is_refused_by_every_command_and_nothing_is_written()
    {
        using TempSpec spec = new();
        spec.Write("vectors/get/twin.json", spec.Read(TempSpec.Gap));

        RefusedByAll(spec, $"get/twin.json:4: id ");
    }

    [Fact]
    public void A_directory_among_the_vectors_is_refused_by_every_command()
    {
        using TempSpec spec = new();
        Directory.CreateDirectory(spec.At("vectors/get/folder.json"));

        RefusedByAll(spec, "get/folder.json: is a directory, not a file");
    }

    [Fact]
    public void A_spoilt_schema_is_refused_by_lint()
    {
        using TempSpec spec = new();
        spec.Plant("vectors/schema.json", "\"$ref\": \"#/$defs/vectors\"", "\"$ref\": \"#/$defs/vexors\"");

        Refused(Invocation.RunOn(spec, "vectors", "lint"), "spec/vectors/schema.json: is no schema: ");
    }

    [Fact]
    public void A_schema_that_does_not_agree_with_what_reads_is_a_finding()
    {
        using TempSpec spec = new();
        spec.Plant("vectors/schema.json", "\"orc\": {\"$ref\": \"#/$defs/number32\"}", "\"orc\": {\"type\": \"boolean\"}");

        Assert.Contains(".orc: type: ", Invocation.RunOn(spec, "vectors", "lint").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spoilt_clause_is_refused_by_the_commands_that_read_clauses()
    {
        using TempSpec spec = new();
        spec.Write("clauses/get.md", "# GET\n\n### GET-1: title\n\nText.\n");

        foreach (string[] args in (string[][])[["clauses"], ["vectors", "lint"], ["explain", "15-clean-pages-after-the-first-page-are-bridged"]])
        {
            Refused(Invocation.RunOn(spec, args), "get.md:3: clause GET-1 needs a line '- source: ");
        }
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_refused_and_leaves_nothing_behind()
    {
        using TempSpec spec = new();
        foreach (string page in (string[])["", spec.Path, spec.At("no such folder/page.html")])
        {
            IReadOnlyList<string> before = spec.Snapshot();
            Invocation run = Invocation.RunOn(spec, "check", "reference", "--only", "15-clean-pages-after-the-first-page-are-bridged", "--report", page);

            Refused(run, $"{(page.Length == 0 ? "''" : page)}: cannot be written: "); // before the run: nothing is on stdout
            Refused(Invocation.RunOn(spec, "replay", spec.At(TempSpec.Gap), "reference", "--report", page), ": cannot be written: ");
            Assert.DoesNotContain(".new", run.Error, StringComparison.Ordinal);
            Assert.Equal(before, spec.Snapshot());
        }
    }

    [Fact]
    public void A_missing_spec_is_refused()
    {
        using TempSpec withoutClauses = new();
        Directory.Delete(withoutClauses.At("clauses"), recursive: true);
        Refused(Invocation.RunOn(withoutClauses, "clauses"), withoutClauses.At("clauses") + ": cannot be read: ");

        using TempSpec withoutVectors = new();
        Directory.Delete(withoutVectors.At("vectors"), recursive: true);
        RefusedByAll(withoutVectors, withoutVectors.At("vectors") + ": cannot be read: ");
    }

    [Fact]
    public void Where_there_is_no_vector_nothing_conforms()
    {
        using TempSpec spec = new();
        Directory.Delete(spec.At("vectors/selftest"), recursive: true);
        string says = spec.At("vectors") + ": there are no vectors to run, so there is no verdict";
        Refused(Invocation.RunOn(spec, "smoke", "reference"), says);

        foreach (string folder in Directory.EnumerateDirectories(spec.At("vectors")))
        {
            Directory.Delete(folder, recursive: true);
        }

        Refused(Invocation.RunOn(spec, "check", "reference"), says);
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_refused()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("here every folder can be read");
            return;
        }

        using TempSpec spec = new();
        string folder = spec.At("vectors/get");
        UnixFileMode mode = File.GetUnixFileMode(folder);
        File.SetUnixFileMode(folder, UnixFileMode.None);
        try
        {
            Refused(Invocation.RunOn(spec, "check", "reference"), spec.At("vectors") + ": cannot be read: ");
        }
        finally
        {
            File.SetUnixFileMode(folder, mode);
        }
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_one_line()
    {
        using StreamWriter full = new(new FullStream()) { AutoFlush = true };
        StringWriter error = new() { NewLine = "\n" };

        Assert.Equal(2, CommandLine.Run(["vectors", "list"], full, error));
        Assert.Equal("cmma: the disk is full\n", error.ToString());
    }

    private static void RefusedByAll(TempSpec spec, string says)
    {
        IReadOnlyList<string> before = spec.Snapshot();
        foreach (string[] args in CommandsOnVectors)
        {
            Refused(Invocation.RunOn(spec, args), says);
        }

        Assert.Equal(before, spec.Snapshot());
    }

    private static void Refused(Invocation run, string says)
    {
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal)); // one line
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("the disk is full");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("the disk is full");
    }
}
