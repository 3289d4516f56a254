// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using YamlDotNet.RepresentationModel;

namespace Cmma.Outside.Tests;

/// <summary>
/// The jobs of docs/ci.md are run: their commands, in order, by a shell that stops at the first that fails, as those systems do. Only the tool is not
/// installed, but put where it would be; tests/Packages installs it.
/// </summary>
public sealed class CiPageTests
{
    private const string Install = "dotnet tool install cmma --version 0.1.0 --tool-path bin --add-source packages";

    [Theory]
    [InlineData(0, "harness/python/cmma_impl.py", 0)]
    [InlineData(0, "harness/python/cmma_impl.py --breaks", 1)]
    [InlineData(1, "harness/python/cmma_impl.py", 0)]
    [InlineData(1, "harness/python/cmma_impl.py --breaks", 1)]
    public void A_job_passes_with_an_implementation_that_conforms_and_fails_with_one_that_does_not(int number, string program, int exitCode)
    {
        Outside.Require("python3", "make");
        string folder = NewProject(program);
        (int code, string output) = RunJob(number, folder);

        Assert.True(code == exitCode, output);
        if (number == 0)
        {
            Assert.Equal(exitCode != 0, output.Contains("::error file=spec/vectors/", StringComparison.Ordinal));
        }
        else
        {
            XElement suites = XDocument.Load(Path.Combine(folder, "cmma.xml")).Root!;
            Assert.Equal(exitCode != 0, suites.Attribute("failures")!.Value != "0");
        }
    }

    [Fact]
    public void The_job_for_a_kernel_builds_the_program_that_checks_itself()
    {
        Outside.Require("make", "s390x-linux-gnu-gcc");
        string folder = Outside.TemporaryFolder();
        foreach (string part in (string[])["c", "kvm"])
        {
            Directory.CreateDirectory(Path.Combine(folder, "harness", part));
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Outside.Harness, part)).Where(file => Path.GetExtension(file) is ".c" or ".h" || Path.GetFileName(file) == "Makefile"))
            {
                File.Copy(file, Path.Combine(folder, "harness", part, Path.GetFileName(file)));
            }
        }

        WriteProgram(Path.Combine(folder, "cmma"), Cmma);
        (int code, string output) = RunJob(2, folder);
        Assert.True(code == 0, output);
        Assert.True(File.Exists(Path.Combine(folder, "harness", "kvm", "cmma_self_check")));
        Outside.Require("qemu-s390x");
        string page = File.ReadAllText(Path.Combine(Outside.Root, "docs", "ci.md"));
        foreach (string command in (string[])["make -C harness/kvm cmma_self_check_on_standin", "qemu-s390x harness/kvm/cmma_self_check_on_standin"])
        {
            Assert.Contains($"`{command}`", page, StringComparison.Ordinal);
            (code, output) = Outside.Shell($"cd '{folder}' && {command}");
        }

        Assert.Equal(1, code); // the stand-in keeps the contract, which is not what 7.2 answers
        Assert.Contains("\nnot ok ", output, StringComparison.Ordinal);
        Assert.Contains("\nok ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workflow_of_this_repository_is_valid_YAML_and_calls_what_exists()
    {
        string[] files = Directory.GetFiles(Path.Combine(Outside.Root, ".github", "workflows"), "*.yml");
        Assert.NotEmpty(files);
        foreach (string command in files.SelectMany(file => Commands(Parse(File.ReadAllText(file)))).SelectMany(text => text.Split([' ', '(', ')', ';', '\n'], StringSplitOptions.RemoveEmptyEntries)))
        {
            if (command.StartsWith("./", StringComparison.Ordinal) || command.StartsWith("src/", StringComparison.Ordinal) || command == ".ci/run")
            {
                Assert.True(File.Exists(Path.Combine(Outside.Root, command)), command);
            }
        }
    }

    private static string Cmma => $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "cmma.dll")}' \"$@\"";

    private static (int ExitCode, string Output) RunJob(int number, string folder)
    {
        string[] commands = [.. Commands(Parse(Blocks().ElementAt(number)))];
        Assert.NotEmpty(commands);
        if (commands.Contains(Install, StringComparer.Ordinal))
        {
            Directory.CreateDirectory(Path.Combine(folder, "bin"));
            WriteProgram(Path.Combine(folder, "bin", "cmma"), Cmma);
        }

        return Outside.Shell($"cd '{folder}' && {{ set -e\n{string.Join('\n', commands.Where(command => command != Install))}\n}} 2>&1");
    }

    // A Makefile that makes myprog.
    private static string NewProject(string program)
    {
        string folder = Outside.TemporaryFolder();
        string[] words = program.Split(' ');
        string source = File.ReadAllText(Path.Combine(Outside.Root, words[0]));
        if (words.Length > 1)
        {
            Assert.Contains("1 << 52, 16", source, StringComparison.Ordinal);
            source = source.Replace("1 << 52, 16", "1 << 52, 17", StringComparison.Ordinal);
        }

        File.WriteAllText(Path.Combine(folder, "source.py"), source);
        File.WriteAllText(Path.Combine(folder, "Makefile"), "myprog: source.py\n\tcp source.py myprog\n\tchmod +x myprog\n");
        return folder;
    }

    private static void WriteProgram(string path, string command)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{command}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static IEnumerable<string> Blocks() =>
        File.ReadAllText(Path.Combine(Outside.Root, "docs", "ci.md")).Split("```yaml\n")[1..].Select(block => block.Split("```")[0]);

    private static YamlNode Parse(string text)
    {
        YamlStream stream = [];
        using StringReader reader = new(text);
        stream.Load(reader);
        return Assert.Single(stream.Documents).RootNode;
    }

    // What "run" and "script" say, in order.
    private static IEnumerable<string> Commands(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(pair => pair.Key is YamlScalarNode { Value: "run" or "script" }
            ? pair.Value is YamlSequenceNode list ? list.Children.Select(each => ((YamlScalarNode)each).Value!) : [((YamlScalarNode)pair.Value).Value!]
            : Commands(pair.Value)),
        YamlSequenceNode list => list.Children.SelectMany(Commands),
        _ => [],
    };
}
