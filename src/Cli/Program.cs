// SPDX-License-Identifier: MIT
using System;
using Cmma.Cli;

return CommandLine.Run(args, Console.Out, Console.Error, cache: CommandLine.UsersCache);
