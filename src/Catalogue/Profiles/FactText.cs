// SPDX-License-Identifier: MIT
namespace Cmma.Catalogue.Profiles;

/// <summary>What the documentation of 2017 says where kernels differ from the contract. It is silent, or contradicts itself, or is clear.</summary>
public static class FactText
{
    private const string SilentOnSlots = "it does not speak of slots that change";
    private const string ClearOnRemaining = "remaining is the number of dirty values still remaining";

    private static readonly Dictionary<string, Text> Texts = new(StringComparer.Ordinal)
    {
        ["wrap-around"] = Silent("it does not say where a search ends (D8)"),
        ["gap after the FIRST dirty page"] = Silent("16 clean bytes end a block in one sentence, and do not in the next (D2, D3)"),
        ["gap after any LATER dirty page"] = Silent("16 clean bytes end a block in one sentence, and do not in the next (D2, D3)"),
        ["trailing clean byte"] = Clear("the clean bytes that end a block are not copied (D5)"),
        ["block reaches a hole"] = Silent("it does not speak of holes, for PEEK of the end of memory only (D9, D10)"),
        ["dirty page in a hole"] = Silent("it does not speak of holes (D9)"),
        ["value byte"] = Silent("it does not say which bits a value has"),
        ["value of clean gap pages"] = Clear("clean data is sent back, and that is not zeros (D6)"),
        ["mask"] = Clear("the mask says which bits are considered (D16)"),
        ["SET that reaches a hole"] = Silent("EFAULT if invalid pages are written to; it does not say what becomes of the others (D18)"),
        ["START, slot without dirty log"] = Silent("it does not speak of dirty logs (D22)"),
        ["initial counter"] = Clear(ClearOnRemaining + " (D12)"),
        ["create, LOG_DIRTY on"] = Clear("dirty pages are found"),
        ["LOG_DIRTY switched off"] = Silent("it does not speak of dirty logs"),
        ["LOG_DIRTY off then on"] = Clear(ClearOnRemaining + " (D12)"),
        ["delete"] = Clear(ClearOnRemaining + " (D12)"),
        ["delete last slot, then GET"] = Clear(ClearOnRemaining + " (D12)"),
        ["move"] = Silent(SilentOnSlots),
        ["move to where it is"] = Silent(SilentOnSlots),
        ["PGSTE values belong to"] = Silent(SilentOnSlots),
        ["Intercept order"] = Silent("it does not speak of ESSA"),
        ["bug B2"] = Clear(ClearOnRemaining + " (D12)"),
        ["bug B3"] = Silent("it does not speak of ESSA"),
        ["bug B4"] = Silent("it does not speak of ESSA"),
        ["bug B13"] = Clear("start_gfn is the first dirty page"),
        ["bug B14"] = Clear("start_gfn is the first dirty page"),
        ["bug B15"] = Silent("it does not speak of clear CMMA (D24)"),
        ["bug B18"] = Clear("an error is negative"),
        ["bug B22"] = Clear("ENOMEM if there is no memory"),
        ["bug B23"] = Clear("an error is negative"),
        ["bug B24"] = Clear(ClearOnRemaining + " (D12)"),
        ["bug B28"] = Silent("it does not speak of ESSA"),
        ["bug B33"] = Silent(SilentOnSlots),
        ["bug L7"] = Clear(ClearOnRemaining + " (D12)"),
        ["bug L9"] = Clear("EFAULT if invalid pages are written to"),
        ["bug L10"] = Silent("it does not speak of ESSA"),
        ["bug L12"] = Silent("it does not speak of ESSA"),
        ["bug L13"] = Silent("it does not speak of ESSA"),
        ["bug L15"] = Silent("it does not speak of dirty logs"),
        ["bug L17"] = Silent("it does not speak of dirty logs"),
        ["bug L19"] = Clear(ClearOnRemaining + " (D12)"),
    };

    /// <summary>The facts in their order.</summary>
    public static IReadOnlyCollection<string> Facts => Texts.Keys;

    /// <summary>Whether the text leaves it open. A fact that is not known here is not left open.</summary>
    public static bool IsSilent(string fact) => Texts.TryGetValue(fact, out Text? text) && text.Open;

    /// <summary>What the text says, in a few words.</summary>
    public static string Of(string fact) => Texts[fact].Words;

    private static Text Silent(string words) => new(Open: true, words);

    private static Text Clear(string words) => new(Open: false, words);

    private sealed record Text(bool Open, string Words);
}
