// SPDX-License-Identifier: MIT
using Cmma.Traces;

namespace Cmma.Generators;

/// <summary>Makes any operations a trace that is not malformed (ESSA-CHECK-4, ESSA-STEPS-2, CREATE-SLOT-4).</summary>
public static class WellFormed
{
    /// <summary>
    /// A vCPU comes before the first ESSA, a slot under an id in use gets the lowest free one, an ESSA in two steps ends before another one is
    /// begun, and an end without a beginning is left out.
    /// </summary>
    public static Trace Trace(bool hostHasCmma, IEnumerable<Operation> operations)
    {
        List<Step> steps = [];
        HashSet<uint> ids = [];
        bool vcpu = false;
        bool begun = false;
        foreach (Operation operation in operations)
        {
            if (operation is Operation.Essa or Operation.EssaBegin && !vcpu)
            {
                steps.Add(new Step(new Operation.CreateVcpu()));
                vcpu = true;
            }

            if (operation is Operation.EssaBegin && begun)
            {
                steps.Add(new Step(new Operation.EssaEnd()));
            }

            if (operation is not Operation.EssaEnd || begun)
            {
                Operation added = operation is Operation.CreateSlot create && ids.Contains(create.Id) ? create with { Id = LowestFree(ids) } : operation;
                steps.Add(new Step(added));
                Follow(ids, added);
            }

            vcpu |= operation is Operation.CreateVcpu;
            begun = operation is Operation.EssaBegin || (begun && operation is not Operation.EssaEnd);
        }

        return new Trace(hostHasCmma, steps);
    }

    private static void Follow(HashSet<uint> ids, Operation operation)
    {
        if (operation is Operation.CreateSlot { AllocationFails: false } create) // CREATE-SLOT-CHECK-5
        {
            ids.Add(create.Id);
        }
        else if (operation is Operation.DeleteSlot delete)
        {
            ids.Remove(delete.Id);
        }
    }

    private static uint LowestFree(HashSet<uint> ids)
    {
        uint id = 0;
        while (ids.Contains(id))
        {
            id++; // ends: there are fewer ids in use than operations so far
        }

        return id;
    }
}
