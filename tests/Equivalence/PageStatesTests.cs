// SPDX-License-Identifier: MIT
using Cmma.Abi;
using Cmma.Optimized;
using Cmma.Properties.Tests;

namespace Cmma.Equivalence.Tests;

/// <summary>The table that ESSA looks its results up in, made again: the one that the machine uses is made once in a process, perhaps without the mutant that is asked about.</summary>
public sealed class PageStatesTests
{
    private static readonly byte[] Attributes = [0, 1, 2, 3, 0x40, 0x41, 0x42, 0x43];
    private static readonly PageContent[] Contents = [PageContent.Resident, PageContent.Preserved, PageContent.LogicallyZero];

    [Fact]
    [Clause("ESSA-R1")]
    public void A_state_is_what_r1_shows_and_holds_attributes_and_content()
    {
        foreach ((byte attributes, PageContent content) in States)
        {
            byte state = PageStates.Pack(attributes, content);

            Assert.Equal((int)content + (4 * (attributes % 0x40)) + (attributes / 0x40 * 0x20), state);
            Assert.Equal((attributes, content), (PageStates.AttributesOf(state), PageStates.ContentOf(state)));
        }
    }

    [Fact]
    public void The_table_has_what_the_reference_makes_of_every_state()
    {
        byte[] table = PageStates.TableOfAllRows();

        Assert.Equal(8 * 64, table.Length);
        foreach ((byte attributes, PageContent content) in States)
        {
            for (uint orc = 0; orc <= Limits.MaxOrc; orc++)
            {
                byte state = PageStates.Pack(attributes, content);
                byte after = table[(orc * 64) + state];

                Assert.Equal(ByReference(attributes, content, orc), (PageStates.AttributesOf(after), PageStates.ContentOf(after)));
                Assert.Equal(after, PageStates.After(state, orc));
            }
        }
    }

    private static IEnumerable<(byte Attributes, PageContent Content)> States => Attributes.SelectMany(each => Contents.Select(content => (each, content)));

    private static (byte Attributes, PageContent Content) ByReference(byte attributes, PageContent content, uint orc)
    {
        Reference.Vm vm = new(hostHasCmma: true);
        vm.CreateSlot(0, 0, 1, dirtyLog: true, allocates: true);
        vm.EnableCmma();
        vm.Attributes[0] = attributes;
        vm.Content[0] = (byte)content;
        Assert.Equal(ProgramInterruption.None, vm.Essa(0, orc, out _));
        return (vm.Attributes[0], (PageContent)vm.Content[0]);
    }
}
