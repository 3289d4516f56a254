// SPDX-License-Identifier: MIT
using System;
using Cmma.Site;

return Pages.Run(args, Console.Out, Console.Error);
