namespace Cmma.Kernels;

/// <summary>Linux 7.3-rc1.</summary>
/// <param name="hostHasCmma">A fixed fact about the host.</param>
public class Linux73(bool hostHasCmma) : PageTableVm(hostHasCmma);
