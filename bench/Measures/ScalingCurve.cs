// SPDX-License-Identifier: MIT
namespace Cmma.Measures;

/// <summary>The time that one size takes.</summary>
/// <param name="Size">How large, above 0.</param>
/// <param name="Work">How much has to be done at this size: steps, or the seconds of the plainest way to do it.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ScalingPoint(double Size, double Work, double Seconds);

/// <summary>Time against size. Fitted as a power of the size, so that the exponent says how cost grows: 1 with the size, 0 not at all.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Unit">What the size counts.</param>
/// <param name="WorkIs">What has to be done, in a few words.</param>
/// <param name="Points">By ascending size, two or more.</param>
public sealed record ScalingCurve(string Name, string Unit, string WorkIs, IReadOnlyList<ScalingPoint> Points)
{
    /// <summary>What a measured exponent may be above that of the work: caches and the clock make that much.</summary>
    public const double Tolerance = 0.15;

    /// <summary>How the time grows.</summary>
    public double Exponent => Fit(point => point.Seconds);

    /// <summary>How what has to be done grows.</summary>
    public double WorkExponent => Fit(point => point.Work);

    /// <summary>Whether the time grows faster than what has to be done.</summary>
    public bool GrowsFasterThanItsWork => Exponent > WorkExponent + Tolerance;

    // The slope of the straight line through the logarithms, by least squares.
    private double Fit(Func<ScalingPoint, double> value)
    {
        double[] sizes = [.. Points.Select(point => Math.Log(point.Size))];
        double[] values = [.. Points.Select(point => Math.Log(value(point)))];
        double meanSize = sizes.Average();
        double meanValue = values.Average();
        double covariance = sizes.Zip(values, (size, each) => (size - meanSize) * (each - meanValue)).Sum();
        return covariance / sizes.Sum(size => (size - meanSize) * (size - meanSize));
    }
}
