/* SPDX-License-Identifier: MIT */
/*
 * Before 7.0 the kernel remembers in the process that CMMA was used, and a run that ends badly must not take the next
 * one with it: so each run is a process.
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void do_all(const struct host *host, const struct operation *operations, size_t count, report *report, FILE *output)
{
    enables_to_come = 0;
    for (size_t i = 0; i < count; i++)
        enables_to_come += operations[i].kind == ENABLE_CMMA;
    new_machine(host);
    for (size_t i = 0; i < count; i++) {
        struct result result;
        run_operation(&operations[i], &result);
        enables_to_come -= operations[i].kind == ENABLE_CMMA;
        report(output, i, &operations[i], &result);
        if (fflush(output)) /* what came before a crash is wanted */
            give_up("the results cannot be passed on: %s", strerror(errno));
    }
}

static char *read_all(int input)
{
    char *text = NULL;
    size_t length = 0, room = 0;
    ssize_t count;
    do {
        if (room - length < 4096 && !(text = realloc(text, room = 2 * room + 8192)))
            give_up("no memory for results");
        count = read(input, text + length, room - length - 1);
        length += count > 0 ? count : 0;
    } while (count > 0 || (count < 0 && errno == EINTR));
    text[length] = 0;
    return text;
}

static void say_how_it_ended(int status, const char *last_words, char *reason, size_t room)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        snprintf(reason, room, "no end after %d seconds", RUN_SECONDS);
    else if (WIFSIGNALED(status))
        snprintf(reason, room, "ended by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status) == 0)
        *reason = 0;
    else if (*last_words)
        snprintf(reason, room, "%.*s", (int)strcspn(last_words, "\n"), last_words);
    else
        snprintf(reason, room, "ended with exit code %d", WEXITSTATUS(status));
}

static void try_run(const struct host *host, const struct operation *operations, size_t count, report *report, struct outcome *outcome)
{
    int results[2], words[2], status;
    if (pipe2(results, O_CLOEXEC) || pipe2(words, O_CLOEXEC))
        give_up("pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0)
        give_up("fork: %s", strerror(errno));
    if (pid == 0) {
        FILE *output = fdopen(results[1], "w");
        if (!output || dup2(words[1], STDERR_FILENO) < 0)
            _exit(1);
        on_give_up = NULL;
        alarm(RUN_SECONDS);
        do_all(host, operations, count, report, output);
        _exit(0);
    }
    close(results[1]);
    close(words[1]);
    outcome->text = read_all(results[0]);
    char *last_words = read_all(words[0]);
    close(results[0]);
    close(words[0]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    say_how_it_ended(status, last_words, outcome->reason, sizeof outcome->reason);
    free(last_words);
}

void run_operations(const struct host *host, const struct operation *operations, size_t count, report *report, struct outcome *outcome)
{
    for (int tries = 1; ; tries++) {
        try_run(host, operations, count, report, outcome);
        if (strncmp(outcome->reason, "aged:", 5))
            return;
        if (tries == RUN_TRIES) {
            size_t length = strlen(outcome->reason);
            snprintf(outcome->reason + length, sizeof outcome->reason - length, " (%d tries)", tries);
            return;
        }
        free(outcome->text);
    }
}
