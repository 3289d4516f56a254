// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Cmma.Judging.Profiles;
using Cmma.Traces;
using Cmma.Traces.Vectors;

namespace Cmma.Catalogue;

/// <summary>The vectors that a real kernel can run, as data in C for harness/kvm/self_check.c.</summary>
public static class SelfCheck
{
    /// <summary>What a program on a machine with /dev/kvm can do; of these a host may lack <see cref="Capability.UnalignedSlots"/> and <see cref="Capability.NoDat"/>.</summary>
    public static IReadOnlyList<Capability> RealKernel { get; } =
        [Capability.BadArgument, Capability.BadBuffer, Capability.Essa, Capability.NoDat, Capability.Residency, Capability.UnalignedSlots, Capability.Vcpu];

    /// <summary>The file: the vectors of which the profile says something and which a real kernel can run, with the profile's answers.</summary>
    public static string Write(IReadOnlyList<Vector> vectors, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $$"""
            /* The vectors that a real kernel can run, with the answers of {{profile.Name}}. Written by: ./cmma generate --self-checking {{profile.Name}} */
            #include "self_check.h"

            const char *const vectors_profile = "{{profile.Name}}";

            const struct vector vectors[] = {

            """);
        Vector[] asked = [.. ProfileCheck.Asked(vectors, profile).Where(vector => !vector.Capabilities.Except(RealKernel).Any())];
        foreach (Vector vector in asked)
        {
            AppendVector(text, vector);
        }

        text.Append("};\n\nconst size_t vectors_count = sizeof vectors / sizeof *vectors;\n");
        return text.ToString();
    }

    private static void AppendVector(StringBuilder text, Vector vector)
    {
        text.Append(CultureInfo.InvariantCulture, $"    {{ {Quote(vector.Id)}, {Quote(string.Join(' ', vector.Capabilities))}, {vector.Trace.Steps.Count}, (const struct step[]){{\n");
        foreach (Step step in vector.Trace.Steps)
        {
            string expected = step.Expect == null
                ? "NULL"
                : $"(const char *const[]){{ {string.Join(", ", step.Expect.Alternatives.Select(each => Quote(TraceWriter.Expected(each))))}, NULL }}";
            text.Append(CultureInfo.InvariantCulture, $"        {{ {Quote(TraceWriter.Operation(step.Operation))}, {expected} }},\n");
        }

        text.Append("    } },\n");
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
