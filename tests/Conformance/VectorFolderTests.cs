// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Conformance.Tests;

public sealed class VectorFolderTests
{
    private const string CreateVcpu = """{"op":"create_vcpu","expect":{"result":"ok"}}""";

    private static readonly HashSet<string> ClauseIds = new(StringComparer.Ordinal) { "GET-BLOCK-4" };

    [Fact]
    public void The_real_folder_has_no_findings() =>
        Assert.Empty(VectorLint.Findings(new VectorFolder(Spec.Folder.Vectors), Spec.Clauses.Select(clause => clause.Id).ToHashSet(StringComparer.Ordinal)));

    [Fact]
    public void A_canonical_file_with_its_manifest_has_no_findings()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu), Spec.Vector("two", CreateVcpu));

        Assert.Empty(Findings(folder));
    }

    [Fact]
    public void An_id_used_twice_is_refused_with_both_places()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        folder.Write("set/other.json", folder.Read("get/some.json"));

        Assert.Equal("spec/vectors/set/other.json:4: id 'one' is used already, at spec/vectors/get/some.json:4", Spec.Refused(() => new VectorFolder(folder.Path).All()));
    }

    [Theory]
    [InlineData("stray.json")]
    [InlineData("get/deeper/some.json")]
    [InlineData("get/Some.json")]
    [InlineData("get/a b.json")]
    [InlineData("Get/some.json")]
    [InlineData("get/a\"b.json")]
    public void A_file_that_would_be_passed_over_is_refused(string file)
    {
        using TempFolder folder = TempFolder.WithVectors((file, "{}"));

        Assert.StartsWith($"spec/vectors/{file}: a file of vectors is named", Spec.Refused(() => new VectorFolder(folder.Path).All()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_with_the_name_of_a_file_is_refused()
    {
        using TempFolder folder = TempFolder.WithVectors();
        Directory.CreateDirectory(folder.At("get/some.json"));

        Assert.Equal("spec/vectors/get/some.json: is a directory, not a file", Spec.Refused(() => new VectorFolder(folder.Path).All()));
    }

    [Fact]
    public void A_link_to_nothing_is_refused()
    {
        using TempFolder folder = TempFolder.WithVectors(("get/some.json", "{}"));
        File.Delete(folder.At("get/some.json"));
        File.CreateSymbolicLink(folder.At("get/some.json"), folder.At("nowhere"));

        Assert.StartsWith("spec/vectors/get/some.json: cannot be read: ", Spec.Refused(() => new VectorFolder(folder.Path).All()), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_editors_are_passed_over()
    {
        using TempFolder folder = TempFolder.WithVectors(("get/.some.json", "x"), ("get/some.json~", "x"), ("get/some.json.new", "x"), ("README.md", "x"));

        Assert.Empty(new VectorFolder(folder.Path).All());
    }

    [Fact]
    public void A_missing_folder_and_a_missing_schema_are_told_by_their_path()
    {
        using TempFolder folder = new();

        Assert.Equal("spec/vectors/schema.json: no such file", Spec.Refused(() => new VectorFolder(folder.Path).Schema));
        Assert.StartsWith(folder.At("none") + ": cannot be read: ", Spec.Refused(() => new VectorFolder(folder.At("none")).All()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_vanishes_is_told_by_its_path()
    {
        using TempFolder folder = TempFolder.WithVectors();
        VectorFolder vectors = new(folder.Path);
        Directory.Move(folder.Path, folder.Path + " moved");
        try
        {
            Assert.StartsWith(folder.Path + ": cannot be read: ", Spec.Refused(() => vectors.All()), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Move(folder.Path + " moved", folder.Path);
        }
    }

    [Fact]
    public void A_vector_of_an_unknown_clause_is_found()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu) with { Clauses = ["GET-BLOCK-4", "GET-BLOCK-99"] });

        Assert.Equal(["spec/vectors/get/some.json:4: one: there is no clause GET-BLOCK-99"], Findings(folder));
    }

    [Fact]
    public void A_wrong_capability_is_found_and_filled_in()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        folder.Write("get/some.json", folder.Read("get/some.json").Replace("[\"vcpu\"]", "[\"essa\"]", StringComparison.Ordinal));

        Assert.Equal(["spec/vectors/get/some.json:4: one: capabilities must be [vcpu]", "spec/vectors/get/some.json: not in canonical form (cmma vectors fmt)"], Findings(folder));

        Assert.Equal(["get/some.json"], VectorFormat.Rewrite(new VectorFolder(folder.Path)));
        Assert.Empty(Findings(folder));
    }

    [Theory]
    [InlineData("""{"op":"essa","gfn":"0x0","orc":1,"expect":{"result":"operation"}}""", "line 12: malformed: ESSA before a vCPU exists (ESSA-CHECK-4)")]
    [InlineData(
        """{"op":"essa_begin","gfn":"0x0","orc":1,"expect":{"result":"ok"}}""",
        "line 12: malformed: ESSA before a vCPU exists (ESSA-CHECK-4)")]
    [InlineData(
        """{"op":"essa_end","expect":{"result":"operation"}}""",
        "line 12: malformed: the end of an ESSA that was not begun (ESSA-STEPS-2)")]
    [InlineData(
        """
        {"op":"create_vcpu","expect":{"result":"ok"}},
        {"op":"essa_begin","gfn":"0x0","orc":1,"expect":{"result":"ok"}},
        {"op":"essa_begin","gfn":"0x0","orc":1,"expect":{"result":"ok"}}
        """,
        "line 14: malformed: an ESSA is begun before the end of another (ESSA-STEPS-2)")]
    [InlineData(
        """
        {"op":"create_vcpu","expect":{"result":"ok"}},
        {"op":"essa_begin","gfn":"0x0","orc":1,"expect":{"result":"ok"}},
        {"op":"essa_end","expect":{"result":"operation"}},
        {"op":"essa_end","expect":{"result":"operation"}}
        """,
        "line 15: malformed: the end of an ESSA that was not begun (ESSA-STEPS-2)")]
    [InlineData(
        """
        {"op":"create_slot","id":3,"base_gfn":"0x0","pages":"0x100","dirty_log":true,"expect":{"result":"ok"}},
        {"op":"create_slot","id":3,"base_gfn":"0x100","pages":"0x100","dirty_log":true,"expect":{"result":"EEXIST"}}
        """,
        "line 13: malformed: slot 3 was created before (CREATE-SLOT-4)")]
    public void A_malformed_trace_is_found(string operations, string reason)
    {
        using TempFolder folder = Written(Spec.Vector("one", operations));

        Assert.Equal([$"spec/vectors/get/some.json:4: one: {reason}"], Findings(folder));
    }

    [Theory]
    [InlineData("""{"result":"ok","start_gfn":"0x0","count":2,"remaining":"0x0","values":"00"}""")]
    [InlineData("""{"one_of":[{"result":"EFAULT"},{"result":"ok","start_gfn":"0x0","count":1,"remaining":"0x0","values":"00*2"}]}""")]
    public void A_count_that_is_not_the_number_of_values_is_found(string expect)
    {
        using TempFolder folder = Written(Spec.Vector("one", $$"""{"op":"get","start_gfn":"0x0","count":9,"expect":{{expect}}}"""));

        Assert.Equal(["spec/vectors/get/some.json:4: one: line 12: count and the number of values differ"], Findings(folder));
    }

    [Theory]
    [InlineData("\"why\"", " \"why\"")]
    [InlineData("{\n", "{\r\n")]
    [InlineData("]\n}\n", "]\n}")]
    public void A_file_that_is_not_canonical_to_the_byte_is_found_and_mended(string canonical, string other)
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        string before = folder.Read("get/some.json");
        folder.Write("get/some.json", before.Replace(canonical, other, StringComparison.Ordinal));

        Assert.Equal(["spec/vectors/get/some.json: not in canonical form (cmma vectors fmt)"], Findings(folder));

        VectorFormat.Rewrite(new VectorFolder(folder.Path));
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(before), File.ReadAllBytes(folder.At("get/some.json")));
    }

    [Fact]
    public void A_retired_id_that_comes_back_is_found()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        folder.Write("manifest.json", folder.Read("manifest.json").Replace("\"retired\": []", "\"retired\": [\n    \"one\"\n  ]", StringComparison.Ordinal));

        Assert.Equal(["spec/vectors/manifest.json: id 'one' is retired and may not be used again"], Findings(folder));
    }

    [Fact]
    public void A_lost_vector_is_found_by_name()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu), Spec.Vector("two", CreateVcpu));
        folder.Write("get/some.json", TraceWriter.Vectors([Spec.Vector("two", CreateVcpu)]));

        Assert.Equal(
            [
                "spec/vectors/manifest.json: vector 'one' is lost: no file holds it, and it is not retired",
                "spec/vectors/manifest.json: does not list the vectors that the files hold (cmma vectors fmt)",
            ],
            Findings(folder));
    }

    [Fact]
    public void An_id_that_no_file_holds_any_more_is_retired()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu), Spec.Vector("two", CreateVcpu));
        folder.Write("get/some.json", TraceWriter.Vectors([Spec.Vector("two", CreateVcpu)]));
        VectorFormat.Rewrite(new VectorFolder(folder.Path));

        Assert.Equal(["one"], new VectorFolder(folder.Path).ReadManifest().Retired);
        Assert.Empty(Findings(folder));
    }

    [Fact]
    public void A_missing_or_malformed_manifest_is_refused()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        folder.Write("manifest.json", "{\"files\":[],\n\"retired\":[],\"x\":1}");
        Assert.Equal("spec/vectors/manifest.json:2: unknown field 'x'", Spec.Refused(() => Findings(folder)));

        File.Delete(folder.At("manifest.json"));
        Assert.Equal("spec/vectors/manifest.json: no such file", Spec.Refused(() => Findings(folder)));
    }

    [Fact]
    public void The_manifest_lists_files_vectors_and_retired_ids()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        folder.Write("manifest.json", """{"files":[],"retired":["old"]}""");
        VectorFormat.Rewrite(new VectorFolder(folder.Path));

        Assert.Equal(
            """
            {
              "files": [
                {
                  "file": "get/some.json",
                  "vectors": [
                    "one"
                  ]
                }
              ],
              "retired": [
                "old"
              ]
            }

            """,
            folder.Read("manifest.json"));
        Assert.Equal(["old"], new VectorFolder(folder.Path).ReadManifest().Retired);
    }

    [Theory]
    [InlineData("set/bad.json", "{")]
    [InlineData("set/bad.json", "{\"vectors\":[]}")]
    [InlineData("manifest.json", "{}")]
    [InlineData("stray.json", "{}")]
    public void Nothing_is_written_when_any_file_is_bad(string file, string text)
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        folder.Write("get/some.json", folder.Read("get/some.json") + "\n");
        folder.Write(file, text);
        IReadOnlyList<string> before = folder.Snapshot();

        Spec.Refused(() => VectorFormat.Rewrite(new VectorFolder(folder.Path)));

        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_file_that_cannot_be_written_stays_as_it_was()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        folder.Write("get/some.json", folder.Read("get/some.json") + "\n");
        Directory.CreateDirectory(folder.At($"get/some.json.{Environment.ProcessId}.new")); // in the way of the file beside it
        IReadOnlyList<string> before = folder.Snapshot();

        string reason = Spec.Refused(() => VectorFormat.Rewrite(new VectorFolder(folder.Path)));

        Assert.StartsWith(folder.At("get/some.json") + ": cannot be written: ", reason, StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void No_half_written_file_is_left_where_the_target_cannot_be_replaced()
    {
        using TempFolder folder = new();
        folder.Write("target/inside", "x");

        Spec.Refused(() =>
        {
            VectorFormat.WriteWhole(folder.At("target"), "text");
            return null;
        });

        Assert.Equal([folder.At("target/inside")], Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_under_its_own_name()
    {
        using TempFolder folder = new();
        folder.Write("target/inside", "x");
        foreach ((string path, string reason) in (ReadOnlySpan<(string, string)>)[
            (folder.At("target"), "is a directory, not a file"), (folder.At("none/page.html"), "there is no such folder"), (folder.At("target/inside/page"), ""), ("", "is no name of a file")])
        {
            foreach (Action<string> write in (ReadOnlySpan<Action<string>>)[VectorFormat.RequireWritable, file => VectorFormat.WriteWhole(file, "text")])
            {
                string refused = Assert.Throws<InputException>(() => write(path)).Message;

                Assert.StartsWith($"{(path.Length == 0 ? "''" : path)}: cannot be written: {reason}", refused, StringComparison.Ordinal);
                Assert.DoesNotContain(".new", refused, StringComparison.Ordinal);
            }
        }

        Assert.Single(folder.Snapshot());
    }

    [Fact]
    public void What_is_no_file_is_not_put_away_and_a_link_stays_one()
    {
        using TempFolder folder = new();
        folder.Write("page.html", "x");
        File.CreateSymbolicLink(folder.At("link"), folder.At("page.html"));
        Process.Start("mkfifo", [folder.At("pipe")]).WaitForExit();

        VectorFormat.WriteWhole(folder.At("link"), "text");
        Assert.Equal("text", File.ReadAllText(folder.At("page.html")));
        Assert.NotNull(File.ResolveLinkTarget(folder.At("link"), returnFinalTarget: false));
        foreach (string path in (ReadOnlySpan<string>)["/dev/null", folder.At("pipe")])
        {
            Assert.Equal($"{path}: cannot be written: is no regular file", Assert.Throws<InputException>(() => VectorFormat.RequireWritable(path)).Message);
            Assert.Equal($"{path}: cannot be written: is no regular file", Assert.Throws<InputException>(() => VectorFormat.WriteWhole(path, "x")).Message);
        }
    }

    [Fact]
    public void Looking_whether_a_file_can_be_written_leaves_it_as_it_was()
    {
        using TempFolder folder = new();
        folder.Write("page.html", "x");
        folder.Write("page.html.new", "the user's own");
        IReadOnlyList<string> before = folder.Snapshot();

        VectorFormat.RequireWritable(folder.At("page.html"));

        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_vector_of_another_profile_does_not_belong_here()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu) with { Profiles = ["kernel:6.12"] });

        Assert.Contains("one: profiles must be [contract]", Assert.Single(Findings(folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Formatting_twice_writes_nothing_the_second_time()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));

        Assert.Empty(VectorFormat.Rewrite(new VectorFolder(folder.Path)));
    }

    [Fact]
    public void A_trace_is_replayed_under_the_name_of_its_file()
    {
        using TempFolder folder = TempFolder.WithVectors();
        folder.Write("my trace.json", """{"operations":[{"op":"create_vcpu"}]}""");

        Vector trace = Assert.Single(VectorFolder.Traces(folder.At("my trace.json")));

        Assert.Equal("my trace", trace.Id);
        Assert.Equal([Capability.Vcpu], trace.Capabilities);
    }

    [Fact]
    public void A_file_of_vectors_is_replayed_with_the_capabilities_it_truly_needs()
    {
        using TempFolder folder = Written(Spec.Vector("one", CreateVcpu));
        folder.Write("some.json", folder.Read("get/some.json").Replace("[\"vcpu\"]", "[]", StringComparison.Ordinal));

        Assert.Equal([Capability.Vcpu], Assert.Single(VectorFolder.Traces(folder.At("some.json"))).Capabilities);
    }

    [Fact]
    public void A_malformed_trace_is_not_replayed()
    {
        using TempFolder folder = new();
        folder.Write("some.json", "{\"operations\":[\n{\"op\":\"essa\",\"gfn\":\"0x0\",\"orc\":1}]}");

        Assert.Equal(
            folder.At("some.json") + ": line 2: malformed: ESSA before a vCPU exists (ESSA-CHECK-4)",
            Spec.Refused(() => VectorFolder.Traces(folder.At("some.json"))));
    }

    // One file of vectors in its canonical form, and its manifest.
    private static TempFolder Written(params Vector[] vectors)
    {
        TempFolder folder = TempFolder.WithVectors(("get/some.json", TraceWriter.Vectors(vectors)));
        VectorFormat.Rewrite(new VectorFolder(folder.Path));
        return folder;
    }

    private static IReadOnlyList<string> Findings(TempFolder folder) => VectorLint.Findings(new VectorFolder(folder.Path), ClauseIds);
}
