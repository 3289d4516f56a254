// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cmma.Reports.Html;

namespace Cmma.Site;

/// <summary>The public members of the libraries that are packages, out of the XML that the compiler writes.</summary>
internal static partial class ApiPages
{
    private static readonly string[] Libraries = ["Abi", "Optimized", "Reference", "Traces", "Judging"];

    /// <summary>Writes a page for each library, and their list.</summary>
    public static void Write(Output output)
    {
        foreach (string library in Libraries)
        {
            XDocument documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"Cmma.{library}.xml"));
            IEnumerable<IGrouping<string, Member>> types = documentation.Descendants("member").Select(Member.Of)
                .GroupBy(member => member.Type, StringComparer.Ordinal).OrderBy(type => type.Key, StringComparer.Ordinal);
            output.Page($"api/Cmma.{library}.html", $"Cmma.{library}", Markup.Of($"""
                <h1>Cmma.{library}</h1>
                {Markup.Each(types, type => OfType($"Cmma.{library}.", type))}
                """));
        }

        output.Page("api/index.html", "Libraries", Markup.Of($"""
            <h1>Libraries</h1>
            <ul class="list">{Markup.Each(Libraries, library => Markup.Of($"""<li><a href="Cmma.{library}.html">Cmma.{library}</a></li>"""))}</ul>
            """));
    }

    private static Markup OfType(string names, IGrouping<string, Member> type)
    {
        Member? itself = type.FirstOrDefault(member => member.Kind == 'T');
        return Markup.Of($"""
            <h2>{type.Key.Replace(names, "", StringComparison.Ordinal)}</h2>
            <p>{itself?.Summary}</p>
            <dl>{Markup.Each(type.Where(member => member.Kind != 'T'), member => Markup.Of($"<dt><code>{member.Name}</code></dt><dd>{member.Summary}</dd>"))}</dl>

            """);
    }

    /// <summary>A member as the XML has it.</summary>
    /// <param name="Kind">T for a type, M, P, F or E for its members.</param>
    /// <param name="Type">The type's full name.</param>
    /// <param name="Name">The member's name, with its parameters.</param>
    /// <param name="Summary">What it is.</param>
    private sealed record Member(char Kind, string Type, string Name, string Summary)
    {
        public static Member Of(XElement element)
        {
            string id = element.Attribute("name")!.Value;
            string name = id[2..];
            int parameters = name.IndexOf('(', StringComparison.Ordinal);
            string bare = parameters < 0 ? name : name[..parameters];
            int dot = bare.LastIndexOf('.');
            string summary = Spaces().Replace(string.Concat((element.Element("summary") ?? new XElement("summary")).Nodes().Select(Text)), " ").Trim();
            return id[0] == 'T' ? new Member('T', name, name, summary)
                : new Member(id[0], bare[..dot], name[(dot + 1)..].Replace("#ctor", "constructor", StringComparison.Ordinal), summary);
        }

        private static string Text(XNode node) => node switch
        {
            XElement reference when reference.Attribute("cref") is { } target => target.Value[(target.Value.LastIndexOf('.') + 1)..],
            XElement name when name.Attribute("name") is { } parameter => parameter.Value,
            XElement other => other.Value,
            _ => node.ToString(SaveOptions.DisableFormatting),
        };
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();
}
