// SPDX-License-Identifier: MIT
namespace Cmma.Cli;

/// <summary>Lines for people, broken between words where the screen ends.</summary>
internal static class Lines
{
    private const int Hanging = 2;

    /// <summary>
    /// The lines of a text, each no longer than a width, with what is broken off indented by two more. Commands and JSON stay whole, since they are
    /// copied from the screen; so does a word that is wider than it.
    /// </summary>
    /// <param name="text">One line or several.</param>
    /// <param name="width">In characters, at least 1.</param>
    public static IEnumerable<string> Broken(string text, int width)
    {
        foreach (string line in text.Split('\n'))
        {
            if (IsToBeCopied(line))
            {
                yield return line;
                continue;
            }

            foreach (string part in Parts(line, width))
            {
                yield return part;
            }
        }
    }

    /// <summary>Whether a line has in it what somebody copies: a command or JSON.</summary>
    public static bool IsToBeCopied(string line) => line.Contains("./cmma ", StringComparison.Ordinal) || line.Contains("{\"", StringComparison.Ordinal);

    private static IEnumerable<string> Parts(string line, int width)
    {
        int indentation = line.Length - line.TrimStart(' ').Length;
        string margin = new(' ', Math.Min(indentation + Hanging, width / 2));
        string rest = line;
        int begin = indentation;
        while (rest.Length > width && PlaceToBreak(rest, begin, width) is > 0 and int place)
        {
            yield return rest[..place].TrimEnd(' ');
            rest = margin + rest[place..].TrimStart(' ');
            begin = margin.Length;
        }

        yield return rest;
    }

    // The last blank after the first word that leaves a line narrow enough, or else the first one; none: -1.
    private static int PlaceToBreak(string line, int begin, int width)
    {
        int firstEnd = line.IndexOf(' ', begin);
        int lastEnd = begin < width ? line.LastIndexOf(' ', width, width - begin) : -1;
        return Math.Max(lastEnd, firstEnd);
    }
}
