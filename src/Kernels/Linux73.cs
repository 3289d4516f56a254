// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>Linux 7.3-rc1: what 7.2 does.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux73(bool hostHasCmma) : Linux72(hostHasCmma);
