// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Cmma.Migrating.Tests;

/// <summary>The incoming side of the command qemu-system-s390x, without KVM, given a migration that is this section and nothing else.</summary>
internal static class QemuIncoming
{
    private const string Machine = "s390-ccw-virtio-7.2";
    private const string Program = "qemu-system-s390x";

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);

    /// <summary>All that it prints.</summary>
    public static string Run(string program, IReadOnlyList<byte[]> parts)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, Framed(parts));
            ProcessStartInfo start = new(program)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (string argument in (string[])["-accel", "tcg", "-M", Machine, "-m", "256M", "-display", "none", "-monitor", "stdio", "-S", "-nodefaults", "-incoming", $"exec:cat {file}"])
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
            System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
            for (int left = 60; left > 0 && !process.WaitForExit(TimeSpan.FromSeconds(1)); left--)
            {
                try
                {
                    process.StandardInput.Write(left > 1 && left < 58 ? "info migrate\nquit\n" : "info status\n");
                    process.StandardInput.Flush();
                }
                catch (IOException)
                {
                    // it has ended
                }
            }

            if (!process.HasExited)
            {
                process.Kill();
            }

            return output.Result + errors.Result;
        }
        finally
        {
            File.Delete(file);
        }
    }

    // The head of a migration, the machine's name, the section's start, passes and end with a foot behind each, and the end of all.
    private static byte[] Framed(IReadOnlyList<byte[]> parts)
    {
        using MemoryStream file = new();
        byte[] number = [0, 0, 0, 7];
        file.Write("QEVM\0\0\0\u0003\u0007"u8);
        file.Write(Length(Machine));
        file.Write(Encoding.ASCII.GetBytes(Machine));
        for (int index = 0; index < parts.Count; index++)
        {
            file.WriteByte((byte)(index == 0 ? 1 : index + 1 < parts.Count ? 2 : 3));
            file.Write(number);
            if (index == 0)
            {
                file.WriteByte((byte)MigrationStream.Section.Length);
                file.Write(Encoding.ASCII.GetBytes(MigrationStream.Section));
                file.Write(new byte[8]); // instance 0, version 0
            }

            file.Write(parts[index]);
            file.WriteByte(0x7e);
            file.Write(number);
        }

        file.WriteByte(0);
        return file.ToArray();
    }

    private static byte[] Length(string text)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, text.Length);
        return bytes;
    }
}
