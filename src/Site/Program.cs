// SPDX-License-Identifier: MIT
using Cmma.Site;

return Pages.Run(args, Console.Out, Console.Error);
