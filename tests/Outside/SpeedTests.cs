// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Cmma.Catalogue;
using Cmma.Exploring.Generators;
using Cmma.Judging;
using Cmma.Traces;

namespace Cmma.Outside.Tests;

/// <summary>
/// A tenth of what a quiet machine does (300,000 operations a second through native:, 50,000 through exec:), so that a busy one passes too;
/// the figures are printed.
/// </summary>
[Trait("Run", "alone")]
public class SpeedTests(ITestOutputHelper output)
{
    private const int Operations = 300_000;

    [Fact]
    public void Native_answers_fast() => Assert.InRange(OperationsPerSecond("native:{0}/libcmma_impl.so"), 30_000, double.MaxValue);

    [Fact]
    public void Exec_answers_fast() => Assert.InRange(OperationsPerSecond("exec:{0}/cmma_exec"), 5_000, double.MaxValue);

    private double OperationsPerSecond(string name)
    {
        Outside.Require("make", "gcc");
        string folder = Path.Combine(Outside.TemporaryFolder(), "build");
        Assert.Equal(0, Outside.Shell($"make -C '{Outside.Harness}/c' BUILD='{folder}'").ExitCode);
        using IImplementation implementation = Implementations.Find(string.Format(System.Globalization.CultureInfo.InvariantCulture, name, folder), Outside.Patient);

        List<Question> questions = [];
        int operations = 0;
        while (operations < Operations)
        {
            questions.Add(Question.Of(TraceGenerator.Random((ulong)questions.Count, new LayoutSize(3, 256), operationCount: 40)));
            operations += questions[^1].Operations.Count;
        }

        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<Answer> answers = implementation.Ask(questions);
        double perSecond = operations / watch.Elapsed.TotalSeconds;
        Assert.DoesNotContain(answers, answer => answer.Failure != null);
        output.WriteLine($"{implementation.Name}: {perSecond:0} operations a second");
        return perSecond;
    }
}
