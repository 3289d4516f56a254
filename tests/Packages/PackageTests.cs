// SPDX-License-Identifier: MIT
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Cmma.Packages.Tests;

/// <summary>Each package is installed from a folder into an empty one, and used as its PACKAGE.md says.</summary>
public sealed partial class PackageTests(Packed packed)
{
    private const string Version = "0.1.0";

    [Fact]
    public void The_tool_passes_its_vectors_in_an_empty_folder()
    {
        string folder = packed.NewFolder("tool");

        const string Install = $"dotnet tool install cmma --version {Version} --tool-path bin --add-source artifacts/packages";
        Assert.Contains($"`{Install}`", File.ReadAllText(Path.Combine(Packed.Root, "README.md")), StringComparison.Ordinal);
        Packed.Run(folder, "dotnet", [.. Install.Split(' ').Skip(1).Select(word => word == "artifacts/packages" ? packed.Feed : word)]);
        string cmma = Path.Combine(folder, "bin", "cmma");

        Assert.Equal(Version, Packed.Run(folder, cmma, "--version").Trim());
        Assert.Matches(@"\n\d+ passed, 0 failed, 0 skipped\n$", Packed.Run(folder, cmma, "check", "optimized"));
        Assert.Contains("GET-BLOCK-4", Packed.Run(folder, cmma, "clauses"), StringComparison.Ordinal);
        string explained = Packed.Run(folder, cmma, "explain", "GET-BLOCK-4");
        Assert.Contains("\n  sixteen-clean-pages-over-the-border-close-the-block\n", explained, StringComparison.Ordinal);
        Assert.Contains("\nno theorem: these are found in a checkout with its tests and mutants\n", explained, StringComparison.Ordinal);
    }

    [Fact]
    public void The_optimized_machine_is_embedded_in_ten_lines()
    {
        string folder = Project("embedded", Example("Optimized"), outputType: "Exe", "Cmma.Optimized");

        string output = Packed.Run(folder, "dotnet", "run");

        Assert.Equal("0 0000000000010000", output.Trim());
        Assert.Contains($"`{output.Trim()}`", PackageText("Optimized"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_theory_has_a_row_for_each_vector()
    {
        string folder = Project("theory", Example("Judging"), outputType: "Exe", "Cmma.Judging", "Cmma.Reference", "Cmma.Vectors", "xunit.v3");

        string output = Packed.Run(folder, "dotnet", "run", "--", "-noColor");

        Match total = Total().Match(output);
        Assert.True(total.Success, output);
        Assert.Equal(("0", "0"), (total.Groups["errors"].Value, total.Groups["failed"].Value));
        Assert.Equal(VectorsOfTheArchive(), int.Parse(total.Groups["total"].Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_archive_holds_every_vector_of_the_checkout()
    {
        int ids = Directory.EnumerateFiles(Path.Combine(Packed.Root, "spec", "vectors"), "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(file) is { } folder && Path.GetFileName(folder) != "vectors")
            .Sum(file => Id().Count(File.ReadAllText(file)));

        Assert.Equal(ids, VectorsOfTheArchive());
    }

    [Fact]
    public void Nothing_of_this_machine_is_in_a_package()
    {
        string folder = packed.NewFolder("unpacked");
        foreach (string package in Directory.EnumerateFiles(packed.Feed, "*nupkg"))
        {
            ZipFile.ExtractToDirectory(package, Path.Combine(folder, Path.GetFileName(package)));
        }

        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("Cmma.Optimized.pdb", StringComparison.Ordinal));
        Assert.DoesNotContain(files, Mentions(Packed.Root));
    }

    [Fact]
    public void The_same_sources_in_another_folder_give_the_same_bytes()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Packed.Root, ".git")), "needs a checkout of git");
        string copy = packed.NewFolder("another checkout");
        Packed.Run(Packed.Root, "bash", "-c", $"git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t '{copy}' && cp -r .git '{copy}'");
        File.WriteAllText( // these two libraries stand for the others: all are packed by one command
            Path.Combine(copy, "packaging", "packages.slnf"),
            """{"solution":{"path":"../Cmma.slnx","projects":["src/Abi/Abi.csproj","src/Optimized/Optimized.csproj"]}}""");
        string feed = packed.NewFolder("another feed");
        Packed.Run(copy, Path.Combine(copy, "pack"), feed);

        string[] files = [.. Directory.EnumerateFiles(feed).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [$"Cmma.Abi.{Version}.nupkg", $"Cmma.Abi.{Version}.snupkg", $"Cmma.Optimized.{Version}.nupkg", $"Cmma.Optimized.{Version}.snupkg", $"cmma-vectors-{Version}.tar.gz"],
            files.OrderBy(file => file, StringComparer.Ordinal));
        Assert.All(files, file => Assert.True(File.ReadAllBytes(Path.Combine(feed, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(packed.Feed, file))), $"{file} differs"));
    }

    private static Predicate<string> Mentions(string path) =>
        file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(path)) >= 0;

    private int VectorsOfTheArchive()
    {
        string output = Packed.Run(packed.Feed, "python3", Path.Combine(Packed.Root, "harness", "python", "read_vectors.py"), $"cmma-vectors-{Version}.tar.gz");
        return int.Parse(output.Trim().Split('\n')[^1].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private string Project(string name, string source, string outputType, params string[] packages)
    {
        string folder = packed.NewFolder(name);
        string references = string.Concat(packages.Select(package =>
            $"""<PackageReference Include="{package}" Version="{(package == "xunit.v3" ? XunitVersion() : Version)}" />"""));
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>{outputType}</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), source);
        return folder;
    }

    // The version that the checkout itself uses, which is restored already.
    private static string XunitVersion() =>
        XunitReference().Match(File.ReadAllText(Path.Combine(Packed.Root, "Directory.Packages.props"))).Groups["version"].Value;

    private static string Example(string project) => CSharp().Match(PackageText(project)).Groups["code"].Value;

    private static string PackageText(string project) => File.ReadAllText(Path.Combine(Packed.Root, "src", project, "PACKAGE.md"));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CSharp();

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Total();

    [GeneratedRegex("PackageVersion Include=\"xunit.v3\" Version=\"(?<version>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex XunitReference();

    [GeneratedRegex("^ *\"id\": ?\"|\\{\"id\":\"[a-z]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Id();
}
