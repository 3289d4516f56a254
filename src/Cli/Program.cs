// SPDX-License-Identifier: MIT
using Cmma.Cli;

return CommandLine.Run(args, Console.Out, Console.Error, cache: CommandLine.UsersCache);
