// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>Linux 6.12.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux612(bool hostHasCmma) : SlotBitmapVm(hostHasCmma);
