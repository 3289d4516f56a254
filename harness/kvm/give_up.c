/* SPDX-License-Identifier: MIT */
#include "cmma_kvm.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

void (*on_give_up)(const char *reason);

/* One line on stderr: whoever started the run reads it there and passes it on. */
_Noreturn void give_up(const char *format, ...)
{
    char reason[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    if (on_give_up)
        on_give_up(reason);
    fprintf(stderr, "%s\n", reason);
    _exit(1);
}
