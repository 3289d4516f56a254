// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>Linux 6.4: what 6.3 does. Not recorded.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux64(bool hostHasCmma) : Linux63(hostHasCmma);
