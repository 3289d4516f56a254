// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>Linux 5.10.0: what 5.16 does. Not recorded.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux510(bool hostHasCmma) : Linux516(hostHasCmma);
