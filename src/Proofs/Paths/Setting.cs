// SPDX-License-Identifier: MIT
using System.Text;
using Cmma.Abi;
using Cmma.Proofs.Terms;
using Cmma.Traces;

namespace Cmma.Proofs.Paths;

/// <summary>A state of a shape and a call with every argument, all of symbols: what the solver is told of them, and the state itself.</summary>
internal sealed class Setting
{
    private const int MostSymbolicGap = 4;
    private const ulong MostVcpus = ushort.MaxValue;
    private const ulong MostPlainNumber = 4096;
    private const int BytesShown = 8;

    private readonly Shape shape;
    private readonly string operation;
    private readonly StringBuilder declarations = new();
    private readonly List<Term> symbols = [];
    private readonly List<Term> assumptions = [];
    private readonly List<SlotState> slots = [];
    private readonly List<Word> pages = [];
    private readonly List<Truth> marks = [];
    private readonly List<Truth> dirtyLogs = [];
    private readonly List<Truth> held = [];
    private readonly List<Truth> stable = [];
    private readonly List<Word> numbers = [];
    private readonly List<Term> bytes = [];
    private readonly OctetMap attributes = new();
    private readonly OctetMap content = new();
    private readonly TruthMap dirty = new();

    public Setting(Shape shape, string operation)
    {
        this.shape = shape;
        this.operation = operation;
        HostHasCmma = Bool("host-has-cmma");
        VcpuCount = Number("vcpu-count", 0, MostVcpus);
        Enabled = Bool("enabled");
        Used = Bool("used");
        Migrating = Bool("migrating");
        Assume(!Used | Enabled);
        Assume(!Enabled | HostHasCmma);
        BegunR1 = Octet("begun-r1");
        Memory();
        Call = AnyCall(operation == "peek" ? OperationKind.Get : OperationForm.OfFile(operation).Kind);
        if (shape.MostDirty is not null)
        {
            AssumeThatTheCallIsGood();
        }

        if (operation is "get" or "peek")
        {
            Truth isPeek = Call.Flags == (ulong)CmmaFlags.Peek;
            Assume(operation == "peek" ? isPeek : !isPeek);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{operation}, {shape}";

    /// <summary>The call, as the solver knows it.</summary>
    public Call Call { get; }

    /// <summary>What the solver has to be told before anything else.</summary>
    public string Declarations => declarations.ToString();

    public IReadOnlyList<Term> Assumptions => assumptions;

    /// <summary>The numbers among the symbols, with their bounds.</summary>
    public IEnumerable<Symbol> Numbers => numbers.Select(word => word.Sum.Symbols[0]);

    /// <summary>Every symbol whose value a counterexample needs.</summary>
    public IReadOnlyList<Term> Symbols => symbols;

    /// <summary>What a counterexample should look like, if it can: as a reader would choose it.</summary>
    public IEnumerable<Term> Wishes
    {
        get
        {
            if (Call.GapPages is Word gap)
            {
                yield return (gap == (ulong)Limits.GapPages).Term;
            }

            yield return HostHasCmma.Term;
            foreach (Truth wish in (List<Truth>)[.. dirtyLogs, .. held, .. stable])
            {
                yield return wish.Term;
            }

            foreach (Truth wish in (List<Truth>)[Call.ArgumentIsReadable, Call.ArgumentIsWritable, Call.Allocates, Enabled, Used, VcpuCount == 1])
            {
                yield return wish.Term;
            }

            foreach (Word word in numbers)
            {
                yield return (word == word.Sum.Symbols[0].Minimum).Term;
                yield return (word <= MostPlainNumber).Term;
            }
        }
    }

    /// <summary>The first bytes of the buffer.</summary>
    public IReadOnlyList<Term> Bytes => bytes;

    public Truth HostHasCmma { get; }

    public Word VcpuCount { get; }

    public Truth Enabled { get; }

    public Truth Used { get; }

    public Truth Migrating { get; }

    public Octet BegunR1 { get; }

    /// <summary>What is not the machine's own here, for the report.</summary>
    public IReadOnlyList<string> Replaced => Call.GapPages is null ? [] : [$"the gap is any from 1 to {MostSymbolicGap}"];

    public IReadOnlyList<SlotState> Slots => slots;

    public IReadOnlyList<Word> Pages => pages;

    /// <summary>
    /// The state. Pages are dirty only while the VM migrates with CMMA enabled (G2), so that is decided here, on the path.
    /// </summary>
    public MachineState NewState()
    {
        MachineState state = new()
        {
            HostHasCmma = HostHasCmma, VcpuCount = VcpuCount, Enabled = Enabled, Used = Used, Migrating = Migrating, BegunR1 = BegunR1,
        };
        state.Slots.AddRange(slots);
        state.Attributes.CopyFrom(attributes);
        state.Content.CopyFrom(content);
        if (Migrating & Enabled)
        {
            Mark(state.Dirty);
        }

        return state;
    }

    /// <summary>
    /// The call of a path. Where an operation goes by one gfn it is decided first which page that is, or between which it lies: then the
    /// rest of the path is about sums of one base.
    /// </summary>
    public Call NewCall() => operation switch
    {
        "essa" or "touch" or "evict" => Call with { Gfn = Locate(Call.Gfn) },
        "peek" or "set" => Call with { StartGfn = Locate(Call.StartGfn) },
        _ => Call,
    };

    // Pages are in ascending order, so on every path the facts know all about where the gfn lies.
    private Word Locate(Word gfn)
    {
        foreach (Word page in pages)
        {
            if (gfn < page)
            {
                return gfn;
            }

            if (gfn == page)
            {
                return page;
            }
        }

        return gfn;
    }

    private void Mark(TruthMap map)
    {
        if (shape.MostDirty is not int most)
        {
            map.CopyFrom(dirty);
            return;
        }

        int marked = 0;
        for (int page = 0; page < pages.Count; page++)
        {
            bool isMarked = marked < most && Exploration.Current.Decide(marks[page].Term);
            marked += isMarked ? 1 : 0;
            map[pages[page]] = isMarked;
        }
    }

    private void Memory()
    {
        Word end = Number("base", 0, Limits.EndOfMemoryGfn);
        SlotState[] created = new SlotState[shape.SlotPages.Count];
        for (int index = 0; index < shape.SlotPages.Count; index++)
        {
            int number = shape.Order[index];
            if (index > 0 && shape.Layout is Layout.SecondAboveHole or Layout.FirstAboveHole or Layout.InOrder)
            {
                end = Plus(end, Number($"hole-{index}", shape.Layout == Layout.InOrder ? 0UL : 1UL, Limits.EndOfMemoryGfn));
            }

            Word id = Number($"slot-id-{number}", 0, uint.MaxValue);
            Truth dirtyLog = Bool($"dirty-log-{number}");
            dirtyLogs.Add(dirtyLog);
            created[number] = new SlotState(id, end, (ulong)shape.SlotPages[number], dirtyLog);
            for (int page = 0; page < shape.SlotPages[number]; page++)
            {
                Page(end);
                end = Plus(end, 1);
            }
        }

        Assume(end <= Limits.EndOfMemoryGfn);
        slots.AddRange(created);
        for (int number = 1; number < slots.Count; number++)
        {
            foreach (SlotState before in slots.GetRange(0, number))
            {
                Assume(before.Id != slots[number].Id);
            }
        }
    }

    private void Page(Word gfn)
    {
        int number = pages.Count;
        pages.Add(gfn);
        Octet value = Octet($"attributes-{number}");
        Octet kept = Octet($"content-{number}");
        Truth mark = Bool($"dirty-{number}");
        held.Add(kept == (byte)PageContent.Resident);
        stable.Add(value == 0);
        Assume((value & (byte)(byte.MaxValue - PageAttributes.All)) == 0);
        Assume((kept == (byte)PageContent.Resident) | (kept == (byte)PageContent.Preserved) | (kept == (byte)PageContent.LogicallyZero));
        attributes[gfn] = value;
        content[gfn] = kept;
        dirty[gfn] = mark;
        marks.Add(mark);
    }

    private Call AnyCall(OperationKind kind)
    {
        Term buffer = Declare("buffer", Sort.Bytes);
        for (ulong index = 0; index < BytesShown; index++)
        {
            bytes.Add(Term.Apply("select", Sort.Octet, buffer, Term.Constant(index)));
        }

        Word? gap = kind == OperationKind.Get && !shape.HasRealGap ? Number("gap", 1, MostSymbolicGap) : null;
        return new Call
        {
            Operation = kind,
            Id = Number("id", 0, uint.MaxValue),
            BaseGfn = Number("new-base", 0, ulong.MaxValue),
            Pages = Number("new-pages", 0, ulong.MaxValue),
            DirtyLog = Bool("new-dirty-log"),
            Gfn = Number("gfn", 0, ulong.MaxValue),
            Orc = Number("orc", 0, uint.MaxValue),
            StartGfn = Number("start-gfn", 0, ulong.MaxValue),
            Count = Number("count", 0, uint.MaxValue),
            Flags = Number("flags", 0, uint.MaxValue),
            RemainingOrMask = Bits("remaining-or-mask"),
            Values = Number("values", 0, ulong.MaxValue),
            ArgumentIsReadable = Bool("argument-is-readable"),
            ArgumentIsWritable = Bool("argument-is-writable"),
            Allocates = Bool("allocates"),
            BufferBytes = Number("buffer-bytes", 0, ulong.MaxValue),
            Buffer = buffer,
            GapPages = gap,
        };
    }

    private static Word Plus(Word word, Word other) => new(word.Sum.Add(other.Sum));

    // The other calls are looked at in small memory.
    private void AssumeThatTheCallIsGood()
    {
        foreach (Truth truth in (List<Truth>)[Enabled, Used, Migrating, Call.ArgumentIsReadable, Call.ArgumentIsWritable, Call.Allocates])
        {
            Assume(truth);
        }

        Assume(Call.Count != 0);
        Assume(Call.BufferBytes >= Limits.MaxCount);
    }

    private Truth Bool(string name)
    {
        Term symbol = Declare(name, Sort.Bool);
        symbols.Add(symbol);
        return new Truth(symbol);
    }

    private Octet Octet(string name)
    {
        Term symbol = Declare(name, Sort.Octet);
        symbols.Add(symbol);
        return new Octet(symbol);
    }

    private Word Number(string name, ulong minimum, ulong maximum)
    {
        Term symbol = Declare(name, Sort.Word);
        symbols.Add(symbol);
        declarations.Append($"(assert (<= {minimum} {symbol} {maximum}))\n");
        Word word = Word.Symbol(symbol, minimum, maximum);
        numbers.Add(word);
        return word;
    }

    private Word Bits(string name)
    {
        Term symbol = Declare(name, Sort.Bits);
        symbols.Add(symbol);
        return Word.OfBits(symbol);
    }

    private Term Declare(string name, string sort)
    {
        declarations.Append($"(declare-const {name} {sort})\n");
        return Term.Leaf(name, sort);
    }

    private void Assume(Truth truth)
    {
        assumptions.Add(truth.Term);
        declarations.Append($"(assert {truth.Term})\n");
    }
}
