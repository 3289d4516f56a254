// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>Linux 7.2. Not recorded.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux72(bool hostHasCmma) : PageTableVm(hostHasCmma);
