// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Xml;
using Cmma.Judging;

namespace Cmma.Reports;

/// <summary>A run in the formats of CI systems: KTAP, JUnit's XML, and the annotations of GitHub.</summary>
/// <param name="Name">What was run, such as "check optimized".</param>
/// <param name="Cases">In order.</param>
public sealed record TestReport(string Name, IReadOnlyList<TestCase> Cases)
{
    /// <summary>What is to be said of the run as a whole, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The line that ends a report for people.</summary>
    public string Totals { get; init; } = "";

    /// <summary>KTAP version 1, as the kernel's own tools read it: version, plan, one line per case, totals.</summary>
    public string Ktap()
    {
        List<string> lines = ["KTAP version 1", $"1..{Cases.Count}", .. Notes.Select(note => $"# {note}")];
        int number = 0;
        foreach (TestCase each in Cases)
        {
            number++;
            if (each.Kind == VerdictKind.Failed)
            {
                lines.Add($"# {each.Reason}"); // before the result line: the kernel's parser counts a diagnostic as part of the result that follows
            }

            lines.Add(each.Kind switch
            {
                VerdictKind.Passed => $"ok {number} {each.Name}",
                VerdictKind.Skipped => $"ok {number} {each.Name} # SKIP {each.Reason}",
                VerdictKind.ExpectedFailure => $"ok {number} {each.Name} # XFAIL {each.Reason}",
                _ => $"not ok {number} {each.Name}",
            });
        }

        lines.Add($"# Totals: pass:{Count(VerdictKind.Passed)} fail:{Failed} xfail:{Count(VerdictKind.ExpectedFailure)} xpass:0 skip:{Count(VerdictKind.Skipped)} error:{Unknown}");
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>
    /// XML as JUnit writes it, which most CI systems read: a suite of cases for each <see cref="TestCase.Suite"/>. What failed as expected is
    /// skipped there, since JUnit knows no other word.
    /// </summary>
    public string JUnit()
    {
        using MemoryStream stream = new();
        using (XmlWriter writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            writer.WriteStartElement("testsuites");
            WriteCounts(writer, Name, Cases);
            bool isFirst = true;
            foreach (IGrouping<string, TestCase> suite in Cases.GroupBy(each => each.Suite, StringComparer.Ordinal))
            {
                WriteSuite(writer, suite, isFirst ? Notes : []);
                isFirst = false;
            }

            writer.WriteEndElement();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Commands to the runner of GitHub Actions: an error for each failure, at its file and line; notices; and the totals.</summary>
    public string GitHub()
    {
        StringBuilder text = new();
        foreach (string note in Notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"::notice::{Data(note)}\n");
        }

        foreach (TestCase each in Cases.Where(each => each.Kind == VerdictKind.Failed))
        {
            string place = each.File == null ? "" : $"file={Property(each.File)},line={Math.Max(1, each.Line).ToString(CultureInfo.InvariantCulture)},";
            text.Append(CultureInfo.InvariantCulture, $"::error {place}title={Property(each.Name)}::{Data(string.Join('\n', [each.Reason, .. each.Details]))}\n");
        }

        return text.Append(Totals).Append('\n').ToString();
    }

    private int Failed => Cases.Count(each => each is { Kind: VerdictKind.Failed, IsUnknown: false });

    private int Unknown => Cases.Count(each => each.IsUnknown);

    private int Count(VerdictKind kind) => Cases.Count(each => each.Kind == kind);

    private static void WriteSuite(XmlWriter writer, IGrouping<string, TestCase> suite, IReadOnlyList<string> notes)
    {
        writer.WriteStartElement("testsuite");
        WriteCounts(writer, suite.Key, [.. suite]);
        foreach (TestCase each in suite)
        {
            WriteCase(writer, each);
        }

        if (notes.Count > 0)
        {
            writer.WriteElementString("system-out", Clean(string.Join('\n', notes)));
        }

        writer.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter writer, string name, IReadOnlyList<TestCase> cases)
    {
        writer.WriteAttributeString("name", Clean(name));
        foreach ((string word, int count) in (IEnumerable<(string, int)>)
        [
            ("tests", cases.Count),
            ("failures", cases.Count(each => each is { Kind: VerdictKind.Failed, IsUnknown: false })),
            ("errors", cases.Count(each => each.IsUnknown)),
            ("skipped", cases.Count(each => each.Kind is VerdictKind.Skipped or VerdictKind.ExpectedFailure)),
        ])
        {
            writer.WriteAttributeString(word, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteCase(XmlWriter writer, TestCase each)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("name", Clean(each.Name));
        writer.WriteAttributeString("classname", Clean(each.Suite));
        if (each.File != null)
        {
            writer.WriteAttributeString("file", Clean(each.File));
        }

        if (each.Line > 0)
        {
            writer.WriteAttributeString("line", each.Line.ToString(CultureInfo.InvariantCulture));
        }

        if (each.Kind != VerdictKind.Passed)
        {
            writer.WriteStartElement(each.IsUnknown ? "error" : each.Kind == VerdictKind.Failed ? "failure" : "skipped");
            writer.WriteAttributeString("message", Clean(each.Kind == VerdictKind.ExpectedFailure ? $"failed as expected: {each.Reason}" : each.Reason));
            writer.WriteString(Clean(string.Join('\n', each.Details)));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    // XML has no way to write most control characters.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "?" : rune.ToString()));

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
