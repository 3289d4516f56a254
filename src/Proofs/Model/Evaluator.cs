// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cmma.Abi;
using Cmma.Proofs.Paths;
using Cmma.Proofs.Terms;

namespace Cmma.Proofs.Model;

/// <summary>What becomes of a formula: both ways a formula must stay the same, otherwise it may become stronger or weaker.</summary>
internal enum Polarity
{
    /// <summary>It must stay equivalent: no quantifier can be taken away.</summary>
    Both,

    /// <summary>It is to be proved: it may become stronger.</summary>
    Prove,

    /// <summary>It is assumed: it may become weaker.</summary>
    Assume,
}

/// <summary>
/// Reads the model's definitions with the values of one path put in. What is known folds away; a quantifier becomes the cases of the
/// scope, and one more case for "any other". What is left has no quantifier, and if it holds then so does the model's formula.
/// </summary>
internal sealed class Evaluator(Definitions definitions, Scope scope)
{
    private readonly Dictionary<string, Function> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> constants = new(StringComparer.Ordinal);

    private delegate Value Code(Value[] frame, Polarity polarity);

    /// <summary>The cases of quantifiers.</summary>
    public Scope Scope { get; set; } = scope;

    /// <summary>What the solver has to assume about values that may be anything.</summary>
    public string Declarations()
    {
        StringBuilder text = new();
        foreach (string selector in definitions.PartialSelectors.Keys)
        {
            Term any = Unspecified(selector);
            text.Append($"(declare-const {any} {any.Sort})\n");
            if (any.Sort == Sort.Word)
            {
                text.Append($"(assert (<= 0 {any} {ulong.MaxValue}))\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Takes this value for a constant of the model.</summary>
    public void Override(string name, Value value) => constants[name] = value;

    /// <summary>A formula that is strong enough to prove the model's function of these values.</summary>
    public Term Goal(string function, params Value[] arguments) =>
        ((TruthValue)Resolve(function).Run(arguments, Polarity.Prove)).Term;

    /// <summary>A formula that is strong enough to prove the opposite of the model's function of these values.</summary>
    public Term GoalNot(string function, params Value[] arguments) =>
        Logic.Not(((TruthValue)Resolve(function).Run(arguments, Polarity.Assume)).Term);

    private static Polarity Flip(Polarity polarity) => polarity switch
    {
        Polarity.Prove => Polarity.Assume,
        Polarity.Assume => Polarity.Prove,
        _ => Polarity.Both,
    };

    private static Term Truth(Value value) => ((TruthValue)value).Term;

    private static Word Word(Value value) => ((WordValue)value).Word;

    private static Octet Octet(Value value) => ((OctetValue)value).Octet;

    private static Facts Facts => Exploration.Current.Facts;

    private Function Resolve(string name)
    {
        if (!functions.TryGetValue(name, out Function? function))
        {
            function = new Function();
            Definition definition = definitions.Functions.GetValueOrDefault(name) ?? throw new NotSupportedException($"the name {name}");
            functions[name] = function;
            Names names = new();
            foreach (string parameter in definition.Parameters)
            {
                names.Add(parameter);
            }

            function.Body = Compile(definition.Body, names);
            function.Size = names.Size;
        }

        return function;
    }

    private Code Compile(SExpression expression, Names names)
    {
        if (expression.Atom is string atom)
        {
            return CompileAtom(atom, names);
        }

        SExpression first = expression.Items[0];
        if (first.Atom is null)
        {
            return CompileIndexed(first, expression, names);
        }

        return first.Atom switch
        {
            "let" => CompileLet(expression, names),
            "forall" => CompileQuantifier(expression, names, isForAll: true),
            "exists" => CompileQuantifier(expression, names, isForAll: false),
            "!" => Compile(expression.Items[1], names),
            "and" => CompileJunction(expression, names, isAnd: true),
            "or" => CompileJunction(expression, names, isAnd: false),
            "=>" => CompileImplication(expression, names),
            "not" => CompileNot(expression, names),
            "ite" => CompileChoice(expression, names),
            _ => CompileApplication(first.Atom, expression, names),
        };
    }

    private Code CompileAtom(string atom, Names names)
    {
        if (names.Find(atom) is int slot)
        {
            return (frame, _) => frame[slot];
        }

        if (constants.TryGetValue(atom, out Value? constant))
        {
            return (_, _) => constant;
        }

        if (Literal(atom) is Value literal)
        {
            return (_, _) => literal;
        }

        Function function = Resolve(atom);
        return (_, polarity) => function.Run([], polarity);
    }

    private Value? Literal(string atom)
    {
        if (atom is "true" or "false")
        {
            return TruthValue.Of(Term.Constant(atom == "true"));
        }

        if (atom.StartsWith("#x", StringComparison.Ordinal))
        {
            ulong number = ulong.Parse(atom.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return atom.Length == "#x00".Length ? new OctetValue((byte)number) : new WordValue(number);
        }

        if (char.IsAsciiDigit(atom[0]))
        {
            return new WordValue(ulong.Parse(atom, CultureInfo.InvariantCulture));
        }

        if (StateValues.Content(atom) is byte code)
        {
            return new OctetValue(code);
        }

        return definitions.Constructors.TryGetValue(atom, out IReadOnlyList<string>? fields) && fields.Count == 0 ? new RecordValue(atom, []) : null;
    }

    private Code CompileLet(SExpression expression, Names names)
    {
        List<(int Slot, Code Value)> bindings = [];
        List<(string Name, Code Value)> values = [];
        foreach (SExpression binding in expression.Items[1].Items)
        {
            values.Add((binding.Items[0].Atom!, Compile(binding.Items[1], names)));
        }

        int depth = names.Depth;
        foreach ((string name, Code value) in values)
        {
            bindings.Add((names.Add(name), value));
        }

        Code body = Compile(expression.Items[2], names);
        names.Leave(depth);
        return (frame, polarity) =>
        {
            foreach ((int slot, Code value) in bindings)
            {
                frame[slot] = value(frame, Polarity.Both);
            }

            return body(frame, polarity);
        };
    }

    private Code CompileQuantifier(SExpression expression, Names names, bool isForAll)
    {
        List<(int Slot, string Sort)> variables = [];
        int depth = names.Depth;
        foreach (SExpression variable in expression.Items[1].Items)
        {
            variables.Add((names.Add(variable.Items[0].Atom!), variable.Items[1].ToString()));
        }

        Code body = Compile(expression.Items[2], names);
        names.Leave(depth);
        return (frame, polarity) =>
        {
            if (polarity == Polarity.Both)
            {
                throw new NotSupportedException($"a quantifier where its formula must stay the same: {expression}");
            }

            Quantifier quantifier = new(Scope, isForAll, IsStrong: isForAll == (polarity == Polarity.Prove));
            return TruthValue.Of(quantifier.Cases(frame, variables, () => Truth(body(frame, polarity))));
        };
    }

    private Code CompileJunction(SExpression expression, Names names, bool isAnd)
    {
        Code[] parts = CompileAll(expression, names);
        Term decisive = isAnd ? Term.False : Term.True;
        return (frame, polarity) =>
        {
            int mark = Facts.Mark;
            Term result = Logic.Not(decisive);
            foreach (Code part in parts)
            {
                Term term = Truth(part(frame, polarity));
                result = isAnd ? Logic.And(result, term) : Logic.Or(result, term);
                if (ReferenceEquals(term, decisive))
                {
                    break;
                }

                Facts.Learn(term, isAnd);
            }

            Facts.ForgetSince(mark);
            return TruthValue.Of(result);
        };
    }

    private Code CompileImplication(SExpression expression, Names names)
    {
        Code[] parts = CompileAll(expression, names, operands: 2);
        return (frame, polarity) =>
        {
            Term condition = Truth(parts[0](frame, Flip(polarity)));
            return TruthValue.Of(Under(condition, true, () => parts[1](frame, polarity)));
        };
    }

    // What follows where the condition has this value; where it never has, anything does.
    private static Term Under(Term condition, bool value, Func<Value> then)
    {
        if (ReferenceEquals(condition, Term.Constant(!value)))
        {
            return Term.True;
        }

        int mark = Facts.Mark;
        Facts.Learn(condition, value);
        Term result = Truth(then());
        Facts.ForgetSince(mark);
        return value ? Logic.Implies(condition, result) : Logic.Or(condition, result);
    }

    private Code CompileNot(SExpression expression, Names names)
    {
        Code part = CompileAll(expression, names, operands: 1)[0];
        return (frame, polarity) => TruthValue.Of(Logic.Not(Truth(part(frame, Flip(polarity)))));
    }

    private Code CompileChoice(SExpression expression, Names names)
    {
        Code[] parts = CompileAll(expression, names, operands: 3);
        (Code condition, Code yes, Code no) = (parts[0], parts[1], parts[2]);
        return (frame, polarity) =>
        {
            if (polarity == Polarity.Both)
            {
                Term both = Truth(condition(frame, Polarity.Both));
                return ReferenceEquals(both, Term.True) ? yes(frame, polarity)
                    : ReferenceEquals(both, Term.False) ? no(frame, polarity)
                    : ChoiceValue.Between(both, yes(frame, polarity), no(frame, polarity));
            }

            // Each branch is taken where its condition may hold: what implies the condition for the one, its opposite for the other.
            Term weaker = Truth(condition(frame, polarity == Polarity.Prove ? Polarity.Assume : Polarity.Prove));
            Term stronger = Truth(condition(frame, polarity));
            Term one = Under(weaker, true, () => yes(frame, polarity));
            Term other = Under(stronger, false, () => no(frame, polarity));
            return TruthValue.Of(Logic.And(one, other));
        };
    }

    private Code CompileIndexed(SExpression operation, SExpression expression, Names names)
    {
        Code argument = CompileAll(expression, names, operands: 1)[0];
        string? kind = operation.Items.Count > 1 ? operation.Items[1].Atom : null;
        if (operation.Head == "_" && kind == "is")
        {
            string constructor = operation.Items[2].Atom!;
            return (frame, _) => Distribute(argument(frame, Polarity.Both), value => TruthValue.Of(Term.Constant(((RecordValue)value).Constructor == constructor)));
        }

        if (operation.Head == "as" && kind == "const")
        {
            return (frame, _) => new ConstantArray(argument(frame, Polarity.Both));
        }

        string text = operation.ToString();
        return text switch
        {
            "(_ zero_extend 32)" => argument,
            "(_ extract 31 0)" => (frame, _) => new WordValue(Primitives.LowHalf(Word(argument(frame, Polarity.Both)))),
            "(_ extract 31 24)" => (frame, _) => new OctetValue((Octet)(Word(argument(frame, Polarity.Both)) >> 24)),
            _ => throw new NotSupportedException($"the operator {text}"),
        };
    }

    private Code CompileApplication(string name, SExpression expression, Names names)
    {
        if (name == "=")
        {
            Code[] sides = CompileAll(expression, names, operands: 2);
            return (frame, polarity) =>
                TruthValue.Of(Equal(sides[0](frame, Polarity.Both), sides[1](frame, Polarity.Both), polarity));
        }

        if (definitions.Functions.TryGetValue(name, out Definition? definition))
        {
            Code[] arguments = CompileAll(expression, names, definition.Parameters.Count);
            Function function = Resolve(name);
            return (frame, polarity) => function.Run(Evaluate(arguments, frame), polarity);
        }

        if (definitions.Constructors.TryGetValue(name, out IReadOnlyList<string>? fields))
        {
            Code[] values = CompileAll(expression, names, fields.Count);
            return (frame, _) => new RecordValue(name, Evaluate(values, frame));
        }

        if (definitions.Selectors.TryGetValue(name, out (string Constructor, int Field) selector))
        {
            Code record = CompileAll(expression, names, operands: 1)[0];
            return (frame, _) => Distribute(record(frame, Polarity.Both), value => Field((RecordValue)value, name, selector));
        }

        return CompilePrimitive(name, CompileAll(expression, names, Operands(name)));
    }

    // How many operands an operator has here; none where it may have more than two, taken from the left.
    private static int? Operands(string name) => name switch
    {
        "bvnot" or "card" => 1,
        "select" or "bvsub" or "bvult" or "bvule" or "<=" or "bvugt" or "bvuge" or ">=" or "bvshl" => 2,
        "store" => 3,
        "bvadd" or "+" or "bvand" or "bvor" => null,
        _ => throw new NotSupportedException($"the operator {name}"),
    };

    // A selector of another constructor's value may be anything: no formula that is proved depends on what.
    private Value Field(RecordValue record, string name, (string Constructor, int Field) selector)
    {
        if (record.Constructor == selector.Constructor)
        {
            return record.Fields[selector.Field];
        }

        Term any = Unspecified(name);
        return any.Sort == Sort.Bool ? TruthValue.Of(any) : new WordValue(Terms.Word.Symbol(any));
    }

    private Term Unspecified(string selector) =>
        Term.Leaf($"unspecified-{selector}", definitions.PartialSelectors[selector] == Sort.Bool ? Sort.Bool : Sort.Word);

    private static Code CompilePrimitive(string name, Code[] parts) => name switch
    {
        "select" => (frame, _) => Select(parts[0](frame, Polarity.Both), parts[1](frame, Polarity.Both)),
        "store" => (frame, _) => new StoredArray(
            (ArrayValue)parts[0](frame, Polarity.Both), Word(parts[1](frame, Polarity.Both)), parts[2](frame, Polarity.Both)),
        "card" => (frame, _) => new WordValue(Primitives.Count((TruthArray)parts[0](frame, Polarity.Both))),
        "bvadd" => OnWords(parts, (one, other) => new WordValue(new Word(one.Sum.Add(other.Sum)))),
        "+" => OnWords(parts, Plus),
        "bvsub" => OnWords(parts, (one, other) => new WordValue(new Word(one.Sum.Subtract(other.Sum)))),
        "bvult" => OnWords(parts, (one, other) => TruthValue.Of((one < other).Term)),
        "bvule" or "<=" => OnWords(parts, (one, other) => TruthValue.Of((one <= other).Term)),
        "bvugt" => OnWords(parts, (one, other) => TruthValue.Of((one > other).Term)),
        "bvuge" or ">=" => OnWords(parts, (one, other) => TruthValue.Of((one >= other).Term)),
        "bvand" => OnOctets(parts, (one, other) => one.And(other)),
        "bvor" => OnOctets(parts, (one, other) => one.Or(other)),
        "bvnot" => (frame, _) => new OctetValue(Octet(parts[0](frame, Polarity.Both)).Not()),
        "bvshl" => OnOctets(parts, (one, other) => one.ShiftedLeft(other.Constant ?? throw new NotSupportedException("a shift by a number of places that is not known"))),
        _ => throw new UnreachableException(), // the number of its operands is not known
    };

    // A sum of whole numbers, which has no end; the terms here have one at 2^64.
    private static WordValue Plus(Word one, Word other) => one.Sum.IsExactWith(other.Sum)
        ? new WordValue(new Word(one.Sum.Add(other.Sum)))
        : throw new NotSupportedException("a sum of whole numbers that may reach 2^64");

    private static Value Select(Value array, Value index) => Distribute(array, one => ((ArrayValue)one).Select(index));

    private static Code OnWords(Code[] parts, Func<Word, Word, Value> operation) => FromTheLeft(parts, (one, other) => operation(Word(one), Word(other)));

    private static Code OnOctets(Code[] parts, Func<Octet, Octet, Octet> operation) =>
        FromTheLeft(parts, (one, other) => new OctetValue(operation(Octet(one), Octet(other))));

    private static Code FromTheLeft(Code[] parts, Func<Value, Value, Value> operation) => (frame, _) =>
    {
        Value result = operation(parts[0](frame, Polarity.Both), parts[1](frame, Polarity.Both));
        for (int index = 2; index < parts.Length; index++)
        {
            result = operation(result, parts[index](frame, Polarity.Both));
        }

        return result;
    };

    private static Value Distribute(Value value, Func<Value, Value> operation) => value is ChoiceValue choice
        ? ChoiceValue.Between(choice.Condition, Distribute(choice.Yes, operation), Distribute(choice.No, operation))
        : operation(value);

    private static Value[] Evaluate(Code[] parts, Value[] frame)
    {
        Value[] values = new Value[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            values[index] = parts[index](frame, Polarity.Both);
        }

        return values;
    }

    // An operand more or less than is looked at would be left out in silence.
    private Code[] CompileAll(SExpression expression, Names names, int? operands)
    {
        int given = expression.Items.Count - 1;
        if (operands is int wanted ? given != wanted : given < 2)
        {
            throw new NotSupportedException($"{given} operands: {expression}");
        }

        return CompileAll(expression, names);
    }

    private Code[] CompileAll(SExpression expression, Names names)
    {
        Code[] parts = new Code[expression.Items.Count - 1];
        for (int index = 0; index < parts.Length; index++)
        {
            parts[index] = Compile(expression.Items[index + 1], names);
        }

        return parts;
    }

    private Term Equal(Value one, Value other, Polarity polarity) => (one, other) switch
    {
        (ChoiceValue choice, _) => Logic.Choose(choice.Condition, Equal(choice.Yes, other, polarity), Equal(choice.No, other, polarity)),
        (_, ChoiceValue choice) => Logic.Choose(choice.Condition, Equal(one, choice.Yes, polarity), Equal(one, choice.No, polarity)),
        (TruthValue left, TruthValue right) => Logic.Same(Logic.Known(left.Term), Logic.Known(right.Term)),
        (WordValue left, WordValue right) => (left.Word == right.Word).Term,
        (OctetValue left, OctetValue right) => Logic.Known((left.Octet == right.Octet).Term),
        (RecordValue left, RecordValue right) => EqualRecords(left, right, polarity),
        (ArrayValue left, ArrayValue right) => EqualArrays(left, right, polarity),
        _ => throw new NotSupportedException($"equality of {one.GetType().Name} and {other.GetType().Name}"),
    };

    private Term EqualRecords(RecordValue left, RecordValue right, Polarity polarity)
    {
        if (left.Constructor != right.Constructor)
        {
            return Term.False;
        }

        Term result = Term.True;
        for (int field = 0; field < left.Fields.Count; field++)
        {
            result = Logic.And(result, Equal(left.Fields[field], right.Fields[field], polarity));
        }

        return result;
    }

    // Equal elements at every index that either was assigned, and at any other.
    private Term EqualArrays(ArrayValue left, ArrayValue right, Polarity polarity)
    {
        if (polarity != Polarity.Prove)
        {
            throw new NotSupportedException("equality of arrays can only be proved");
        }

        Term result = Term.True;
        foreach (Word index in Primitives.WithoutRepeats([.. left.Indices(), .. right.Indices()]))
        {
            result = Logic.And(result, Equal(left.Select(new WordValue(index)), right.Select(new WordValue(index)), polarity));
        }

        Value rest = left.Rest;
        return Logic.And(result, rest is SymbolArray ? Term.Constant(rest == right.Rest) : Equal(rest, right.Rest, polarity));
    }

    /// <summary>A function, compiled when it is first used.</summary>
    private sealed class Function
    {
        public Code? Body { get; set; }

        public int Size { get; set; }

        public Value Run(Value[] arguments, Polarity polarity)
        {
            Value[] frame = new Value[Size];
            arguments.CopyTo(frame, 0);
            return Body!(frame, polarity);
        }
    }
}
