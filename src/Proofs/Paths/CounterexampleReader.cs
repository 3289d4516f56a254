// SPDX-License-Identifier: MIT
using System.Globalization;
using Cmma.Abi;
using Cmma.Proofs.Model;
using Cmma.Proofs.Solving;
using Cmma.Proofs.Terms;
using Cmma.Proofs.Traces;
using Cmma.Traces;

namespace Cmma.Proofs.Paths;

/// <summary>Reads a counterexample out of the solver.</summary>
internal sealed class CounterexampleReader(Setting setting, SolverProcess solver)
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>The counterexample that the solver has now, as simple as it can be made.</summary>
    public Counterexample Read(string operation, string outcome)
    {
        int levels = Simplify();
        Ask();
        solver.Send($"(pop {levels})");
        ConcreteState state = State();
        ulong gapPages = setting.Call.GapPages is Word gap ? Number(gap) : (ulong)Limits.GapPages;
        // Another gap than the real one no machine can show.
        TraceBuilder? trace = gapPages == (ulong)Limits.GapPages || operation != "get" ? TraceBuilder.To(state) : null;
        if (trace is not null)
        {
            trace.Do(Call(operation));
            trace.Observe(Gfns(state));
        }

        return new Counterexample(operation, outcome, gapPages, state, trace?.Trace);
    }

    // Each wish that is compatible with those before it is granted.
    private int Simplify()
    {
        solver.Send("(push 1)");
        int levels = 1;
        foreach (Term wish in setting.Wishes)
        {
            solver.Send($"(push 1)\n(assert {wish})");
            if (solver.Check() == Answer.Satisfiable)
            {
                levels++;
            }
            else
            {
                solver.Send("(pop 1)");
            }
        }

        solver.Check();
        return levels;
    }

    private void Ask()
    {
        string answer = solver.Ask($"(get-value ({string.Join(' ', setting.Symbols)} {string.Join(' ', setting.Bytes)}))");
        foreach (SExpression pair in SExpression.ReadAll(answer)[0].Items)
        {
            values[pair.Items[0].ToString()] = pair.Items[1].Atom
                ?? throw new SolverException($"{solver.Subject}: no plain value: {pair}");
        }
    }

    private ConcreteState State() => new()
    {
        HostHasCmma = Is(setting.HostHasCmma),
        VcpuCount = Number(setting.VcpuCount),
        Enabled = Is(setting.Enabled),
        Used = Is(setting.Used),
        Migrating = Is(setting.Migrating),
        Slots = [.. setting.Slots.Select(slot =>
            new Memslot((uint)Number(slot.Id), Number(slot.BaseGfn), Number(slot.Pages), Is(slot.DirtyLog)))],
        Pages = [.. setting.Pages.Select((gfn, index) => new ConcretePage(Number(gfn), Page(index)))],
    };

    private PageState Page(int index) => new(
        Octet($"attributes-{index}"),
        (PageContent)Octet($"content-{index}"),
        values[$"dirty-{index}"] == "true" && Is(setting.Migrating) && Is(setting.Enabled));

    private Operation Call(string operation)
    {
        Call call = setting.Call;
        return operation switch
        {
            "create-vcpu" => new Operation.CreateVcpu(),
            "create-slot" => new Operation.CreateSlot((uint)Number(call.Id), Number(call.BaseGfn), Number(call.Pages), Is(call.DirtyLog), !Is(call.Allocates)),
            "set-slot-flags" => new Operation.SetSlotFlags((uint)Number(call.Id), Is(call.DirtyLog)),
            "move-slot" => new Operation.MoveSlot((uint)Number(call.Id), Number(call.BaseGfn), !Is(call.Allocates)),
            "delete-slot" => new Operation.DeleteSlot((uint)Number(call.Id), !Is(call.Allocates)),
            "enable-cmma" => new Operation.EnableCmma(),
            "clear-cmma" => new Operation.ClearCmma(),
            "start-migration" => new Operation.StartMigration(),
            "stop-migration" => new Operation.StopMigration(),
            "migration-status" => new Operation.MigrationStatus(),
            "touch" => new Operation.Touch(Number(call.Gfn)),
            "evict" => new Operation.Evict(Number(call.Gfn)),
            "essa" => new Operation.Essa(Number(call.Gfn), (uint)Number(call.Orc)),
            "get" or "peek" => Get(call),
            "set" => Set(call),
            _ => throw new NotSupportedException(operation),
        };
    }

    private Operation.Get Get(Call call) => new(
        Number(call.StartGfn),
        (uint)Number(call.Count),
        (uint)Number(call.Flags),
        Number(call.RemainingOrMask),
        (uint)Math.Min(Number(call.BufferBytes), Limits.MaxCount),
        Argument(call),
        !Is(call.Allocates));

    private Operation.Set Set(Call call)
    {
        uint count = (uint)Number(call.Count);
        byte[] bytes = new byte[Math.Min(Math.Min(count, Number(call.BufferBytes)), (ulong)setting.Bytes.Count)];
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = byte.Parse(values[setting.Bytes[index].ToString()].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return new Operation.Set(
            Number(call.StartGfn),
            count,
            (uint)Number(call.Flags),
            Number(call.RemainingOrMask),
            ByteRuns.Of(bytes),
            Argument(call),
            !Is(call.Allocates));
    }

    private ArgumentMemory Argument(Call call) =>
        !Is(call.ArgumentIsReadable) ? ArgumentMemory.Unreadable
        : Is(call.ArgumentIsWritable) ? ArgumentMemory.Ok
        : ArgumentMemory.ReadOnly;

    private IEnumerable<ulong> Gfns(ConcreteState state)
    {
        IEnumerable<ulong> pages = state.Pages.Select(page => page.Gfn);
        bool makesPages = setting.Call.Operation is OperationKind.CreateSlot or OperationKind.MoveSlot;
        return makesPages && Number(setting.Call.BaseGfn) < Limits.EndOfMemoryGfn ? pages.Append(Number(setting.Call.BaseGfn)) : pages;
    }

    private bool Is(Truth truth) => values[truth.Term.Head] == "true";

    private byte Octet(string name) => byte.Parse(values[name].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private ulong Number(Word word)
    {
        ulong number = word.Sum.Constant;
        foreach (Symbol symbol in word.Sum.Symbols)
        {
            string text = values[(symbol.Bits ?? symbol.Term).Head];
            number += text.StartsWith("#x", StringComparison.Ordinal)
                ? ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : ulong.Parse(text, CultureInfo.InvariantCulture);
        }

        return number;
    }
}
