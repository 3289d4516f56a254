namespace Cmma.Proofs.Paths;

internal sealed class Coverage
{
    public void Record(bool value) { }
}
