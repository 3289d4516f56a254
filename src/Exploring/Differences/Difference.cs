// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Exploring.Differences;

/// <summary>Where two implementations differ.</summary>
/// <param name="Clause">The clause that at least one of them breaks, or that is nearest where both keep all.</param>
/// <param name="Trace">The shortest trace that was found; they differ in its last operation.</param>
/// <param name="One">What the first one answers.</param>
/// <param name="Other">What the second one answers.</param>
/// <param name="Contract">What the contract answers.</param>
public sealed record Difference(string Clause, Trace Trace, Outcome One, Outcome Other, Outcome Contract);
