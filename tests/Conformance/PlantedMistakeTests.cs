// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.Loader;
using Cmma.Abi;
using Cmma.Catalogue;
using Cmma.Judging;
using Cmma.Reference;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Conformance.Tests;

/// <summary>A mistake planted on either side fails the run.</summary>
public sealed class PlantedMistakeTests
{
    private static readonly IReadOnlyList<Vector> Runnable =
        [.. Spec.Vectors.Where(vector => !vector.Capabilities.Contains(Capability.LargeMemory))];

    /// <summary>A machine with one step wrong, and the clause that it breaks.</summary>
    public static TheoryData<string, string> WrongMachines => new()
    {
        { nameof(SixteenAreBridged), "GET-BLOCK-4" },
        { nameof(FourteenAreBridged), "GET-BLOCK-4" },
        { nameof(NeverWrapsRound), "GET-BLOCK-2" },
        { nameof(CleanPagesAreZero), "GET-BLOCK-7" },
        { nameof(OneMoreRemains), "GET-ANSWER-3" },
        { nameof(StartMarksNothing), "START-MIGRATION-1" },
        { nameof(SetReplacesAllBits), "SET-MASK-1" },
        { nameof(SlotsBeginDirty), "CREATE-SLOT-3" },
        { nameof(MarksOutliveTheirSlot), "DELETE-SLOT-1" },
        { nameof(StopWithinAnEssaCountsOneMore), "STOP-MIGRATION-2" },
        { nameof(StartAddsToTheOldCount), "STOP-MIGRATION-2" },
        { nameof(StartAddsAllToTheOldCount), "STOP-MIGRATION-2" },
        { nameof(R1IsZero), "ESSA-R1" },
        { nameof(NoAddressingException), "ESSA-CHECK-3" },
        { nameof(PeekNeverFaults), "PEEK-CHECK-1" },
    };

    [Fact]
    public void The_reference_without_a_mistake_passes() => Assert.Equal(0, CheckResult.Of(Spec.Vectors, Implementations.Find("reference")).Failed);

    [Fact]
    public void One_wrong_expectation_in_a_vector_turns_the_run_red()
    {
        const string file = "get/gap-after-the-first-page.json";
        using TempFolder folder = TempFolder.WithRealVectors();
        string[] lines = folder.Read(file).Split('\n');
        int planted = Array.FindIndex(lines, line => line.Contains("\"count\":17,", StringComparison.Ordinal));
        lines[planted] = lines[planted].Replace("\"count\":17,", "\"count\":18,", StringComparison.Ordinal);
        folder.Write(file, string.Join('\n', lines));

        CheckResult result = CheckResult.Of(new VectorFolder(folder.Path).All(), Implementations.Find("reference"));

        Verdict verdict = Assert.Single(result.Verdicts, each => each.Kind == VerdictKind.Failed);
        Assert.Equal(file, verdict.Vector.File);
        Assert.Equal(planted + 1, verdict.Vector.Trace.Steps[verdict.FailedStep].Line);
        Assert.Equal("count: expected 18, got 17", verdict.Reason);
    }

    [Theory]
    [MemberData(nameof(WrongMachines))]
    public void One_wrong_step_of_a_machine_turns_the_run_red(string machine, string clause)
    {
        Type type = typeof(PlantedMistakeTests).GetNestedType(machine, System.Reflection.BindingFlags.NonPublic)!;
        CheckResult result = Check(hostHasCmma => new ReferenceMachine((Vm)Activator.CreateInstance(type, args: [hostHasCmma])!));

        Assert.Contains(clause, FailedClauses(result));
    }

    [Fact]
    public void One_wrong_line_in_the_reference_turns_the_run_red()
    {
        using TempFolder folder = new();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Spec.Root, "src", "Reference"), "*.cs", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetFileName(file), File.ReadAllText(file));
        }

        string right = folder.Read("Get.cs");
        string wrong = right.Replace("(gfn - last <= GapPages)", "(gfn - last < GapPages)", StringComparison.Ordinal);
        Assert.NotEqual(right, wrong);
        folder.Write("Get.cs", wrong);

        CheckResult result = Check(Build(folder));

        Assert.Contains("GET-BLOCK-4", FailedClauses(result));
        Assert.True(result.Passed > result.Failed); // it is a machine, and wrong in one thing only
    }

    private static CheckResult Check(Func<bool, IMachine> newMachine) => CheckResult.Of(Runnable, new MachineImplementation("wrong", Capability.OfReference, newMachine));

    private static HashSet<string> FailedClauses(CheckResult result) =>
        [.. result.Verdicts.Where(verdict => verdict.Kind == VerdictKind.Failed).SelectMany(verdict => verdict.Vector.Clauses)];

    // Builds the sources in the folder against the ABI of this run, and loads the result.
    private static Func<bool, IMachine> Build(TempFolder folder)
    {
        folder.Write("Wrong.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(IMachine).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);
        ProcessStartInfo start = new("dotnet", ["build", folder.At("Wrong.csproj"), "-v", "quiet", "--nologo", "-o", folder.At("out"), "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder.Path,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" }, // a node that stays would hold the output open
        };
        using Process build = Process.Start(start)!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, output);

        using MemoryStream image = new(File.ReadAllBytes(folder.At("out/Wrong.dll")));
        Type machine = new AssemblyLoadContext("wrong").LoadFromStream(image).GetType("Cmma.Reference.ReferenceMachine", throwOnError: true)!;
        return hostHasCmma => (IMachine)Activator.CreateInstance(machine, args: [hostHasCmma])!;
    }

    private sealed class SixteenAreBridged(bool hostHasCmma) : GapOf(hostHasCmma, Limits.GapPages + 1);

    private sealed class FourteenAreBridged(bool hostHasCmma) : GapOf(hostHasCmma, Limits.GapPages - 1);

    private abstract class GapOf(bool hostHasCmma, ulong pages) : Vm(hostHasCmma)
    {
        protected override ulong GapPages => pages;
    }

    private sealed class NeverWrapsRound(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected override ulong FirstDirty(ulong startGfn) => LowestDirty(startGfn);

        protected override Errno GetBlock(ICaller caller, CmmaLog log, ulong count) =>
            LowestDirty(log.StartGfn) == ulong.MaxValue ? Errno.None : base.GetBlock(caller, log, count);
    }

    private sealed class CleanPagesAreZero(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected override byte ValueOf(ulong gfn) => Dirty[gfn] ? Attributes[gfn] : (byte)0;
    }

    private sealed class OneMoreRemains(bool hostHasCmma) : Vm(hostHasCmma)
    {
        // not where there is none: GET would then look for a page without an end
        protected override ulong CountDirty() => base.CountDirty() is > 0 and var count ? count + 1 : 0;
    }

    private sealed class StartMarksNothing(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected override void MarkAll()
        {
            // the mistake
        }
    }

    private sealed class SetReplacesAllBits(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected override byte SetBits(byte old, byte value, byte selected) => (byte)(value & PageAttributes.All);
    }

    private sealed class SlotsBeginDirty(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected override void AddPage(ulong gfn)
        {
            base.AddPage(gfn);
            Dirty[gfn] = Migrating;
        }
    }

    // a counter beside the marks: the contract without a word of counting is what it must come to
    private abstract class CountingVm(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected ulong Counted { get; set; }

        // not where nothing is dirty: GET would then look for a page without an end
        protected override ulong CountDirty() => base.CountDirty() > 0 ? Counted : 0;

        protected override void Mark(ulong gfn)
        {
            Counted += Dirty[gfn] ? 0u : 1;
            base.Mark(gfn);
        }

        protected override void Unmark(ulong gfn)
        {
            Counted -= Dirty[gfn] ? 1u : 0;
            base.Unmark(gfn);
        }

        protected override void RemovePage(ulong gfn)
        {
            Counted -= Migrating && Dirty[gfn] ? 1u : 0;
            base.RemovePage(gfn);
        }

        protected override void MarkAll()
        {
            foreach (Slot slot in Slots)
            {
                for (ulong gfn = slot.BaseGfn; gfn < slot.EndGfn; gfn++)
                {
                    Mark(gfn);
                }
            }
        }
    }

    // the mark is counted at the end of the ESSA once more, if the stop came within it
    private sealed class StopWithinAnEssaCountsOneMore(bool hostHasCmma) : CountingVm(hostHasCmma)
    {
        private bool stopped;
        private ulong leaked;

        public override void EssaBegin(ulong gfn, ulong orc)
        {
            base.EssaBegin(gfn, orc);
            stopped = false;
        }

        public override ProgramInterruption EssaEnd(out byte r1)
        {
            leaked += stopped ? 1u : 0;
            return base.EssaEnd(out r1);
        }

        protected override void UnmarkAll()
        {
            base.UnmarkAll();
            stopped = true;
            Counted = 0;
        }

        protected override ulong CountDirty() => base.CountDirty() is > 0 and var count ? count + leaked : 0;
    }

    // marks and count outlive the stop, and start counts those that it marks again
    private sealed class StartAddsToTheOldCount(bool hostHasCmma) : CountingVm(hostHasCmma)
    {
        protected override void UnmarkAll()
        {
            // the mistake
        }
    }

    // the count alone outlives the stop
    private sealed class StartAddsAllToTheOldCount(bool hostHasCmma) : CountingVm(hostHasCmma);

    private sealed class MarksOutliveTheirSlot(bool hostHasCmma) : Vm(hostHasCmma)
    {
        private ulong lost;

        protected override void RemovePage(ulong gfn)
        {
            lost += Dirty[gfn] ? 1ul : 0;
            base.RemovePage(gfn);
        }

        protected override ulong CountDirty() => base.CountDirty() is > 0 and var count ? count + lost : 0;
    }

    private sealed class R1IsZero(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected override byte StateInR1(ulong gfn) => 0;
    }

    private sealed class NoAddressingException(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected override ProgramInterruption Execute(ulong gfn, ulong orc, out byte r1)
        {
            r1 = 0x10;
            return Exists(gfn) ? base.Execute(gfn, orc, out r1) : ProgramInterruption.None;
        }
    }

    private sealed class PeekNeverFaults(bool hostHasCmma) : Vm(hostHasCmma)
    {
        protected override Errno Peek(ICaller caller, CmmaLog log, ulong count) => Exists(log.StartGfn) ? base.Peek(caller, log, count) : Errno.None;
    }
}
