// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Catalogue.Recordings;

/// <summary>One line of a recording: what a kernel's own functions answered to a trace.</summary>
/// <param name="Kernel">The version.</param>
/// <param name="Seed">The number of the trace, the same for all kernels.</param>
/// <param name="Touched">The guest had touched the pages of each new slot.</param>
/// <param name="Steps">In order.</param>
public sealed record RecordedTrace(string Kernel, int Seed, bool Touched, IReadOnlyList<RecordedStep> Steps);

/// <summary>One operation with what the kernel answered.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Answer">The answer.</param>
/// <param name="ShowsR1">Whether the recording has the r1 of an ESSA that succeeded: not where the hardware did it.</param>
public sealed record RecordedStep(Operation Operation, Expected Answer, bool ShowsR1 = true);
