// SPDX-License-Identifier: MIT
using System.Reflection;
using Cmma.Generators;
using Xunit.v3;

namespace Cmma.Properties.Tests;

/// <summary>
/// FsCheck's Property about what clauses say: which clauses, of which kind of traces, and how often it has to speak. One that speaks too
/// seldom fails as well: it would show nothing.
/// </summary>
/// <param name="clauses">As in spec/clauses, such as GET-BLOCK-4. The trait Clause picks the properties of one: --filter-trait Clause=GET-BLOCK-4.</param>
#pragma warning disable xUnit3003 // FsCheck's attribute takes no source position to hand on
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClausePropertyAttribute(params string[] clauses) : TracePropertyAttribute, IBeforeAfterTestAttribute, ITraitAttribute
#pragma warning restore xUnit3003
{
    /// <summary>Their ids.</summary>
    public IReadOnlyList<string> Clauses => clauses;

    /// <summary>So often it must speak in <see cref="TestRun.AllCases"/> traces of the fixed seed.</summary>
    public int AtLeast { get; set; }

    /// <inheritdoc />
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. clauses.Select(clause => KeyValuePair.Create("Clause", clause))];

    /// <inheritdoc />
    public void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // the instance of the class counts from 0
    }

    /// <inheritdoc />
    public void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        MachineProperties properties = (MachineProperties)TestContext.Current.TestClassInstance!;
        if (TestRun.HasFloors && !properties.HasFailed)
        {
            MustSpeak(properties.Spoken);
        }
    }

    /// <summary>Fails if the property spoke more seldom than it must.</summary>
    [AssertionMethod]
    public void MustSpeak(long spoken) => Assert.True(spoken >= AtLeast, $"{string.Join(' ', clauses)} spoke {spoken} times, must {AtLeast} times");
}
