// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using Cmma.Judging;

namespace Cmma.Reports;

/// <summary>What a report says where an implementation could not be run: else a CI system would have nothing to show, or what it had the last time.</summary>
public static class NoVerdictReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For a CI system: one case, which is an error.</summary>
    /// <param name="command">What was run, such as "check".</param>
    /// <param name="implementation">The name that the user gave.</param>
    /// <param name="why">Why there is no verdict.</param>
    public static TestReport Tests(string command, string implementation, CouldNotRunException why)
    {
        ArgumentNullException.ThrowIfNull(why);
        TestCase only = new(command, implementation, VerdictKind.Failed, why.Message) { IsUnknown = true, Details = why.Details };
        return new TestReport($"{command} {implementation}", [only]) { Totals = why.Message };
    }

    /// <summary>JSON, without the counts of a verdict.</summary>
    /// <param name="implementation">The name that the user gave.</param>
    /// <param name="why">Why there is no verdict.</param>
    public static string Json(string implementation, CouldNotRunException why)
    {
        ArgumentNullException.ThrowIfNull(why);
        return JsonSerializer.Serialize(new { implementation, could_not_run = why.Message, details = why.Details }, Indented) + "\n";
    }

    /// <summary>Markdown.</summary>
    /// <param name="implementation">The name that the user gave.</param>
    /// <param name="why">Why there is no verdict.</param>
    public static string Markdown(string implementation, CouldNotRunException why)
    {
        ArgumentNullException.ThrowIfNull(why);
        return string.Join('\n', [$"# {implementation}", "", why.Message, .. why.Details.Select(line => $"    {line}").Prepend("").Take(why.Details.Count > 0 ? int.MaxValue : 0)]) + "\n";
    }

    /// <summary>For people.</summary>
    public static string Pretty(CouldNotRunException why)
    {
        ArgumentNullException.ThrowIfNull(why);
        return string.Join("\n  ", why.Details.Prepend(why.Message)) + "\n";
    }
}
