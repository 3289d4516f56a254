// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Cmma.Measures;

/// <summary>Figures as people read them.</summary>
public static class Text
{
    /// <summary>Three digits, without an exponent.</summary>
    public static string Number(double value) =>
        value.ToString(Math.Abs(value) switch { < 0.1 => "0.000", < 10 => "0.00", < 100 => "0.0", _ => "N0" }, CultureInfo.InvariantCulture);

    internal static string PerPage(double seconds) => Number(seconds * 1e9) + " ns a page";

    internal static string Milliseconds(double seconds) => Number(seconds * 1e3) + " ms";

    internal static string Microseconds(double seconds) => Number(seconds * 1e6) + " us";

    internal static string PerSecond(double number) => Number(number / 1e6) + " million a second";
}
