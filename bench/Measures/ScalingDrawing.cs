// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cmma.Measures;

/// <summary>Curves of time against size as lines for people, as SVG, as a table and for programs.</summary>
public static class ScalingDrawing
{
    private const int MostMarks = 40;
    private const int Width = 940;
    private const int Height = 420;
    private const int Left = 60;
    private const int Right = 500; // of the plot; names stand behind it
    private const int Top = 20;
    private const int Bottom = 370;

    // of Okabe and Ito, which people who do not see every colour can tell apart
    private static readonly string[] Colours = ["#000000", "#e69f00", "#56b4e9", "#009e73", "#b8a800", "#0072b2", "#d55e00", "#cc79a7"];

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>For each curve its line, and below it a bar for each size; a bar grows with the logarithm of the time.</summary>
    public static IEnumerable<string> Pretty(IEnumerable<ScalingCurve> curves) => curves.SelectMany(curve => (IEnumerable<string>)[Line(curve), .. Bars(curve)]);

    /// <summary>What grows how, a line each.</summary>
    public static string Line(ScalingCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        string faster = curve.GrowsFasterThanItsWork ? ": FASTER THAN ITS WORK" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{curve.Name}: time grows with {curve.Unit}^{curve.Exponent:0.00}, {curve.WorkIs} with {curve.Unit}^{curve.WorkExponent:0.00}{faster}");
    }

    /// <summary>For a document.</summary>
    public static IEnumerable<string> Markdown(IEnumerable<ScalingCurve> curves) =>
    [
        "| what | size | time | exponent | work | exponent |",
        "|---|---|---|---|---|---|",
        .. curves.Select(curve => string.Create(
            CultureInfo.InvariantCulture,
            $"| {curve.Name} | {SizeOf(curve.Points[0])} to {SizeOf(curve.Points[^1])} {curve.Unit} | {TimeOf(curve.Points[0])} to {TimeOf(curve.Points[^1])} | {curve.Exponent:0.00} | {curve.WorkIs} | {curve.WorkExponent:0.00} |")),
    ];

    /// <summary>For programs.</summary>
    public static string Json(IEnumerable<ScalingCurve> curves, string machine) => JsonSerializer.Serialize(new { machine, curves }, SnakeCase);

    /// <summary>A whole SVG file: every curve from its smallest size on, both axes by powers, so that a slope is an exponent.</summary>
    public static string Svg(IReadOnlyList<ScalingCurve> curves, string machine)
    {
        ArgumentNullException.ThrowIfNull(curves);
        double mostSize = curves.Max(curve => curve.Points[^1].Size / curve.Points[0].Size);
        double mostTime = Math.Max(curves.Max(curve => curve.Points.Max(point => point.Seconds) / curve.Points[0].Seconds), mostSize);
        string At(double size, double time) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Left + ((Right - Left) * Math.Log(size) / Math.Log(mostSize)):0.0},{Bottom - ((Bottom - Top) * Math.Log(time) / Math.Log(mostTime)):0.0}");

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>Time against size, both as multiples of the smallest</title>\n<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>\n");
        AppendLine(text, [At(1, 1), At(mostSize, 1)], "#bbbbbb", dashed: true);
        AppendLine(text, [At(1, 1), At(mostSize, mostSize)], "#bbbbbb", dashed: true);
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Bottom + 20}\">1</text>\n<text x=\"{Right}\" y=\"{Bottom + 20}\" text-anchor=\"end\">size × {Power(mostSize)}</text>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Bottom}\" text-anchor=\"end\">1</text>\n<text x=\"{Left}\" y=\"{Top - 6}\">time × {Power(mostTime)}; dashed: no growth, and growth with the size</text>\n");
        for (int index = 0; index < curves.Count; index++)
        {
            ScalingCurve curve = curves[index];
            string colour = Colours[index % Colours.Length];
            AppendLine(text, curve.Points.Select(point => At(point.Size / curve.Points[0].Size, point.Seconds / curve.Points[0].Seconds)), colour, dashed: false);
            int y = Top + 16 + (index * 20);
            text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Right + 16}\" y=\"{y - 9}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>\n");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Right + 32}\" y=\"{y}\">{curve.Name}: {curve.Unit}^{curve.Exponent:0.00} ({curve.WorkIs}: ^{curve.WorkExponent:0.00})</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 8}\" font-size=\"10\" fill=\"#555555\">{System.Security.SecurityElement.Escape(machine)}</text>\n");
        return text.Append("</svg>\n").ToString();
    }

    private static IEnumerable<string> Bars(ScalingCurve curve)
    {
        double least = curve.Points.Min(point => point.Seconds);
        double most = curve.Points.Max(point => point.Seconds);
        int sizeWidth = curve.Points.Max(point => SizeOf(point).Length);
        int timeWidth = curve.Points.Max(point => TimeOf(point).Length);
        return curve.Points.Select(point =>
        {
            // a bar of one mark is the least time; where all are alike, noise is not drawn large
            double span = Math.Max(Math.Log(most / least), Math.Log(16));
            int marks = 1 + (int)Math.Round((MostMarks - 1) * Math.Log(point.Seconds / least) / span);
            return $"  {SizeOf(point).PadLeft(sizeWidth)} {curve.Unit}  {TimeOf(point).PadLeft(timeWidth)}  {new string('#', marks)}";
        });
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> points, string colour, bool dashed) =>
        text.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{(dashed ? 1 : 2)}\"{(dashed ? " stroke-dasharray=\"4 4\"" : "")}/>\n");

    private static string SizeOf(ScalingPoint point) => Power(point.Size);

    private static string TimeOf(ScalingPoint point) => point.Seconds < 1e-3 ? Text.Microseconds(point.Seconds) : Text.Milliseconds(point.Seconds);

    private static string Power(double size) => size >= 1024 && double.IsInteger(size) && BitOperations.IsPow2((long)size)
        ? string.Create(CultureInfo.InvariantCulture, $"2^{BitOperations.Log2((ulong)size)}")
        : size.ToString("0", CultureInfo.InvariantCulture);
}
