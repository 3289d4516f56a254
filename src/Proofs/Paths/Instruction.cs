// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;

namespace Cmma.Proofs.Paths;

/// <summary>One instruction of compiled code.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Member">The method or field that it names, if it names one.</param>
/// <param name="Number">The constant that it has in it, if it has one.</param>
[SuppressMessage("Major Code Smell", "S3011:Reflection should not be used to bypass accessibility", Justification = "It only reads code.")]
internal sealed record Instruction(int At, OpCode Operation, MemberInfo? Member, long? Number)
{
    private const byte Prefix = 0xfe;

    private static readonly Dictionary<byte, OpCode> Short = All().Where(one => one.Size == 1).ToDictionary(one => (byte)one.Value);

    private static readonly Dictionary<byte, OpCode> Long = All().Where(one => one.Size == 2).ToDictionary(one => (byte)one.Value);

    /// <summary>The instructions of a method, in order; none if it has no code.</summary>
    public static IEnumerable<Instruction> Of(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        int at = 0;
        while (at < code.Length)
        {
            OpCode operation = code[at] == Prefix ? Long[code[at + 1]] : Short[code[at]];
            int operand = at + operation.Size;
            yield return new Instruction(at, operation, MemberOf(method, operation, code, operand), NumberOf(operation, code, operand));
            at = operand + (operation.OperandType == OperandType.InlineSwitch
                ? sizeof(int) * (1 + BitConverter.ToInt32(code, operand))
                : OperandBytes(operation.OperandType));
        }
    }

    private static MemberInfo? MemberOf(MethodBase method, OpCode operation, byte[] code, int operand)
    {
        if (operation.OperandType is not (OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok))
        {
            return null;
        }

        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        return method.Module.ResolveMember(BitConverter.ToInt32(code, operand), ofType, method.IsGenericMethod ? method.GetGenericArguments() : null);
    }

    private static long? NumberOf(OpCode operation, byte[] code, int operand) => operation.OperandType switch
    {
        OperandType.InlineI8 => BitConverter.ToInt64(code, operand),
        OperandType.InlineI => BitConverter.ToInt32(code, operand),
        OperandType.ShortInlineI when operation == OpCodes.Ldc_I4_S => (sbyte)code[operand],
        OperandType.InlineNone when operation.Value >= OpCodes.Ldc_I4_M1.Value && operation.Value <= OpCodes.Ldc_I4_8.Value =>
            operation.Value - OpCodes.Ldc_I4_0.Value,
        _ => null,
    };

    private static int OperandBytes(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static IEnumerable<OpCode> All() =>
        from field in typeof(OpCodes).GetFields(BindingFlags.Static | BindingFlags.Public)
        where field.FieldType == typeof(OpCode)
        select (OpCode)field.GetValue(null)!;
}
