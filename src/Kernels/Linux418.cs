// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>Linux 4.18.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux418(bool hostHasCmma) : GfnBitmapVm(hostHasCmma);
