// SPDX-License-Identifier: MIT
namespace Cmma.Kernels;

/// <summary>Linux 6.1.0 as it differs from 6.3. Not recorded.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux61(bool hostHasCmma) : Linux63(hostHasCmma)
{
    /// <summary>Known bug B12: the fix came with 6.3.</summary>
    protected override bool StopsWithoutDirtyLog => !Has("B12");
}
