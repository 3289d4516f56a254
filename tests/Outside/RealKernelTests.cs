// SPDX-License-Identifier: MIT
using System.Text.Json;
using Cmma.Catalogue;
using Cmma.Catalogue.Core;
using Cmma.Catalogue.Profiles;
using Cmma.Judging;
using Cmma.Judging.Profiles;
using Cmma.Kernels;
using Cmma.Kernels.Bugs;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Outside.Tests;

/// <summary>harness/kvm: the program for a real kernel and the one that checks itself, big-endian, on a stand-in for /dev/kvm.</summary>
public sealed class RealKernelTests : IClassFixture<RealKernelPrograms>
{
    private readonly RealKernelPrograms programs;

    public RealKernelTests(RealKernelPrograms programs) => this.programs = programs;

    private static IReadOnlyList<Vector> Core { get; } = CoreSuite.Of(new VectorFolder(Outside.Spec.Vectors));

    [Fact]
    public void Every_vector_that_a_real_kernel_can_run_passes()
    {
        CheckResult result = Outside.Check(programs.OnStandIn(), Outside.AllVectors, Outside.Patient with { Schema = ProtocolSchema.Read(Outside.Spec) });
        Assert.Empty(result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => $"{verdict.Vector.Id}: {verdict.Reason}"));
        Vector[] skipped = [.. result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Skipped).Select(verdict => verdict.Vector)];
        Assert.Equal(
            Outside.AllVectors.Where(vector => vector.Capabilities.Except(SelfCheck.RealKernel).Any()).Select(vector => vector.Id),
            skipped.Select(vector => vector.Id));
    }

    [Theory]
    [InlineData("reclaims")]
    [InlineData("prefixing")]
    [InlineData("aligned_only")]
    [InlineData("no_facility_147")]
    public void What_the_host_is_like_changes_no_verdict(string host)
    {
        CheckResult result = Outside.Check(programs.OnStandIn(host), Core);
        Assert.Empty(result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).Select(verdict => $"{verdict.Vector.Id}: {verdict.Reason}"));
        Assert.Contains(result.Verdicts, verdict => verdict.Kind == VerdictKind.Passed);
    }

    [Theory]
    [InlineData("no_right", "/dev/kvm may not be opened (Permission denied)")]
    [InlineData("no_pgste", "before 7.0 the program needs page tables with PGSTEs: link it with -Wl,--s390-pgste, or set the sysctl vm.allocate_pgste to 1")]
    [InlineData("no_cmma", "the host has no CMMA")]
    [InlineData("old_kernel", "this kernel cannot migrate CMMA (KVM_CAP_S390_CMMA_MIGRATION): it is older than 4.13")]
    public void What_the_host_lacks_is_said_in_one_line(string host, string words)
    {
        CouldNotRunException exception = Assert.Throws<CouldNotRunException>(() => Outside.Check(programs.OnStandIn(host), Core));
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        (int exitCode, string output) = Outside.Shell($"CMMA_STANDIN_HOST={host} qemu-s390x {programs.SelfCheck(Profile.Contract, Core)}");
        Assert.Equal(4, exitCode);
        Assert.Contains("1..0 # SKIP ", output, StringComparison.Ordinal);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_missing_is_named()
    {
        (int exitCode, string output) = Outside.Shell($"qemu-s390x {programs.Folder}/cmma_kvm_on_standin --device /nonexistent/kvm </dev/null");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("/nonexistent/kvm is missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_the_host_takes_again_and_again_is_said_not_judged()
    {
        CheckResult result = Outside.Check(programs.OnStandIn("ages"), [CheckVector("essa-set-stable-outside-migration")]);
        Assert.Contains("aged: page 0x0 was touched just before ESSA", Assert.Single(result.Verdicts).Reason, StringComparison.Ordinal);
        Assert.Contains("(3 tries)", result.Verdicts[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Identify_names_the_kernel_that_is_served_behind_the_stand_in()
    {
        (int exitCode, string output, string error) = Outside.Run("identify", programs.OnServed("kernel:6.12"));
        Assert.True(exitCode == 0, error);
        Assert.Matches(@"^profile kernel:6\.12: exactly, in \d+ vectors$", output.Split('\n')[0]);
    }

    /// <summary>The machines: the contract, each kernel, and ten bugs spread over the list.</summary>
    public static TheoryData<string> Machines =>
    [
        "reference", .. Linux.Versions.Select(version => $"kernel:{version.Name}"),
        .. KnownBugs.All.Where((_, index) => index % Math.Max(1, KnownBugs.All.Count / 10) == 0).Take(10).Select(bug => $"bug:{bug.Id}"),
    ];

    [Theory]
    [MemberData(nameof(Machines))]
    public void Both_programs_say_the_same(string machine) => RequireAgreement(machine, Core);

    /// <summary>Takes minutes, so it runs when it is asked for: see CONTRIBUTING.md.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Machines))]
    public void Both_programs_say_the_same_of_every_vector(string machine) => RequireAgreement(machine, Outside.AllVectors);

    private void RequireAgreement(string machine, IReadOnlyList<Vector> vectors)
    {
        Profile profile = machine.StartsWith("kernel:", StringComparison.Ordinal) ? new ProfileFolder(Outside.Spec).Find(machine) : Profile.Contract;
        using IImplementation implementation = Implementations.Find(programs.OnServed(machine), Outside.Patient);
        CheckResult result = ProfileCheck.Of(vectors, implementation, profile);
        (_, string output) = Outside.Shell($"CMMA_STANDIN_MACHINE=\"{RealKernelPrograms.Server(machine)}\" qemu-s390x {programs.SelfCheck(profile, vectors, "served")}");
        Assert.Equal(
            result.Verdicts.Where(verdict => verdict.Kind != VerdictKind.Skipped).Select(verdict => $"{(verdict.Kind == VerdictKind.Passed ? "ok" : "not ok")} {verdict.Vector.Id}"),
            output.Split('\n').Where(line => (line.StartsWith("ok ", StringComparison.Ordinal) || line.StartsWith("not ok ", StringComparison.Ordinal)) && !line.Contains("# SKIP", StringComparison.Ordinal))
                .Select(line => line.StartsWith("ok ", StringComparison.Ordinal) ? $"ok {line.Split(' ')[2]}" : $"not ok {line.Split(' ')[3]}"));
    }

    [Fact]
    public void The_same_vectors_and_profile_give_the_same_bytes()
    {
        string[] args = ["generate", "--self-checking", "kernel:7.2", "--suite", "core"];
        string first = Outside.Run(args).Output;
        Assert.Equal(first, Outside.Run(args).Output);
        Assert.StartsWith("/* The vectors that a real kernel can run, with the answers of kernel:7.2.", first, StringComparison.Ordinal);
    }

    /// <summary>Each mistake, by its name.</summary>
    public static TheoryData<string> Mistakes => [.. Mistake.All.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_of_the_program_is_found(string name)
    {
        Mistake mistake = Mistake.All.Single(each => each.Name == name);
        string program = programs.Changed(mistake);
        string found = mistake.FoundBy;
        string host = mistake.Host == null ? "" : $"CMMA_STANDIN_HOST='{mistake.Host}' ";
        if (Outside.AllVectors.FirstOrDefault(vector => vector.Id == found) is { } vector)
        {
            Assert.Equal(VerdictKind.Failed, Assert.Single(Outside.Check($"exec:{host}qemu-s390x {program}", [vector]).Verdicts).Kind);
            return;
        }

        string question = """{"id":"0","operations":[{"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true},{"op":"touch","gfn":"0x0"},{"op":"enable_cmma"},{"op":"essa","gfn":"0x1","orc":1},{"op":"essa","gfn":"0x200","orc":1}]}""";
        string output = Outside.Shell($"echo '{question}' | {host}qemu-s390x {program}").Output;
        Assert.Contains(found == "touch, then enable_cmma" ? "EBUSY" : found, output, StringComparison.Ordinal);
    }

    private static Vector CheckVector(string id) => Outside.AllVectors.Single(vector => vector.Id == id);
}

/// <summary>A mistake planted in a source of harness/kvm.</summary>
public sealed record Mistake(string Name, string File, string From, string To, string FoundBy, string? Host)
{
    /// <summary>All of real-kernel-mistakes.json.</summary>
    public static IReadOnlyList<Mistake> All { get; } = Read();

    private static List<Mistake> Read()
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "real-kernel-mistakes.json")));
        return [.. document.RootElement.EnumerateArray().Select(each => new Mistake(
            each.GetProperty("mistake").GetString()!, each.GetProperty("file").GetString()!, each.GetProperty("from").GetString()!,
            each.GetProperty("to").GetString()!, each.GetProperty("found_by").GetString()!,
            each.TryGetProperty("host", out JsonElement host) ? host.GetString() : null))];
    }
}

/// <summary>The programs of harness/kvm, built once for the tests; where a tool for it is missing, each test is skipped by name.</summary>
public sealed class RealKernelPrograms
{
    private readonly string harness = Path.Combine(Outside.Harness, "kvm");
    private readonly Dictionary<string, string> selfChecks = new(StringComparer.Ordinal);
    private readonly Lazy<string> built;

    public RealKernelPrograms() => built = new(() =>
    {
        string folder = Path.Combine(Outside.TemporaryFolder(), "build");
        Make(harness, folder, "check");
        return folder;
    });

    /// <summary>Where they lie.</summary>
    public string Folder
    {
        get
        {
            Outside.Require("make", "s390x-linux-gnu-gcc", "qemu-s390x");
            return built.Value;
        }
    }

    public static string Server(string machine) => $"dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' serve {machine} --one-at-a-time";

    public string OnStandIn(string host = "") => $"exec:CMMA_STANDIN_HOST='{host}' qemu-s390x {Folder}/cmma_kvm_on_standin";

    public string OnServed(string machine) => $"exec:CMMA_STANDIN_MACHINE=\"{Server(machine)}\" qemu-s390x {Folder}/cmma_kvm_on_served";

    /// <summary>The program that checks itself by these vectors with a profile's answers, behind the stand-in.</summary>
    public string SelfCheck(Profile profile, IReadOnlyList<Vector> vectors, string standIn = "standin")
    {
        string key = $"{profile.Name.Replace(':', '-')}-{vectors.Count}-{standIn}";
        if (!selfChecks.TryGetValue(key, out string? program))
        {
            string file = Path.Combine(Folder, key + ".c");
            File.WriteAllText(file, Catalogue.SelfCheck.Write(vectors, profile));
            program = Path.Combine(Folder, key);
            string made = Path.Combine(Folder, $"cmma_self_check_on_{standIn}");
            File.Delete(Path.Combine(Folder, "vectors.o"));
            Make(harness, Folder, $"'{made}' VECTORS='{file}' CPPFLAGS=-I'{harness}'");
            File.Copy(made, program);
            selfChecks[key] = program;
        }

        return program;
    }

    /// <summary>The program with a mistake, on the stand-in; what is not touched is not compiled again.</summary>
    public string Changed(Mistake mistake)
    {
        string copy = Outside.TemporaryFolder();
        Assert.Equal(0, Outside.Shell($"mkdir '{copy}/build' && cp -rp '{harness}' '{copy}/kvm' && cp -rp '{Outside.Harness}/c' '{copy}/c' && cp -p '{Folder}'/*.o '{copy}/build/'").ExitCode);
        string file = Path.Combine(copy, "kvm", mistake.File);
        string text = File.ReadAllText(file);
        Assert.Equal(2, text.Split(mistake.From).Length);
        File.WriteAllText(file, text.Replace(mistake.From, mistake.To, StringComparison.Ordinal));
        Make(Path.Combine(copy, "kvm"), Path.Combine(copy, "build"), $"'{copy}/build/cmma_kvm_on_standin' CFLAGS='-std=c11 -D_GNU_SOURCE -O1'");
        return Path.Combine(copy, "build", "cmma_kvm_on_standin");
    }

    private static void Make(string harness, string folder, string target)
    {
        (int exitCode, string output) = Outside.Shell($"make -C '{harness}' BUILD='{folder}' {target}");
        Assert.True(exitCode == 0, output);
    }
}
