// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Cli;

/// <summary>The file that cmma migrate writes a script to, in the current folder.</summary>
internal static class ScriptFile
{
    /// <summary>Writes a script to NAME-NUMBER.json, with the first number that is free. A file that holds this very script is left as it is.</summary>
    /// <returns>The name of the file.</returns>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static string Write(string name, Trace script)
    {
        string text = TraceWriter.Trace(script);
        int number = 0;
        while (true)
        {
            number++;
            string file = $"{name}-{number.ToString(CultureInfo.InvariantCulture)}.json";
            if (!Path.Exists(file))
            {
                VectorFormat.WriteWhole(file, text);
                return file;
            }

            if (Holds(file, text))
            {
                return file;
            }
        }
    }

    // The length goes first: a pipe has none, and is not waited for.
    private static bool Holds(string file, string text)
    {
        try
        {
            return File.Exists(file) && new FileInfo(file).Length == Encoding.UTF8.GetByteCount(text) && VectorFormat.Holds(file, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // whoever's it is, it is not ours
        }
    }
}
