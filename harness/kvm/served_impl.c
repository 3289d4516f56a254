/* SPDX-License-Identifier: MIT */
/*
 * The functions of cmma_impl.h answered by a machine that is served one operation at a time, so that the stand-in for
 * /dev/kvm can answer as any machine of this project does:
 *
 *     CMMA_STANDIN_MACHINE='./cmma serve kernel:6.12 --one-at-a-time'
 *
 * The server is started once, before the first VM; a hello begins a new one. Runs come one after another, each in a
 * process of its own that has inherited the two pipes.
 */
#include "../c/cmma_impl.h"
#include "standin.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct cmma_vm {
    char unused;
};

static FILE *questions, *answers;
static char *answer;
static size_t room;

static void start_server(void)
{
    const char *command = getenv("CMMA_STANDIN_MACHINE");
    int to[2], from[2];
    if (!command)
        standin_refuses("CMMA_STANDIN_MACHINE names no command that serves a machine");
    if (pipe(to) || pipe(from))
        standin_refuses("pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0)
        standin_refuses("fork: %s", strerror(errno));
    if (pid == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        close(to[1]);
        close(from[0]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    questions = fdopen(to[1], "w");
    answers = fdopen(from[0], "r");
    if (!questions || !answers)
        standin_refuses("fdopen: %s", strerror(errno));
    setbuf(answers, NULL); /* what one process reads ahead the next one would miss */
}

static void ask(const char *format, ...)
{
    va_list arguments;
    if (!questions)
        start_server();
    va_start(arguments, format);
    vfprintf(questions, format, arguments);
    va_end(arguments);
    if (fputc('\n', questions) == EOF || fflush(questions) || getline(&answer, &room, answers) <= 0)
        standin_refuses("the machine behind has ended");
    if (strstr(answer, "\"error\":") || strstr(answer, "\"breach\":"))
        standin_refuses("the machine behind: %s", answer);
}

static const char *text_of(const char *name)
{
    char quoted[32];
    snprintf(quoted, sizeof quoted, "\"%s\":", name);
    const char *text = strstr(answer, quoted);
    if (!text)
        standin_refuses("no %s in %s", name, answer);
    text += strlen(quoted);
    return text + (*text == '"');
}

static uint64_t number_of(const char *name)
{
    const char *text = text_of(name);
    return strtoull(text, NULL, text[0] == '0' && text[1] == 'x' ? 16 : 10);
}

static int32_t result_of_answer(void)
{
    static const struct { const char *name; int32_t value; } names[] = {
        { "ok\"", 0 }, { "ENXIO\"", -ENXIO }, { "ENOMEM\"", -ENOMEM }, { "EFAULT\"", -EFAULT }, { "EBUSY\"", -EBUSY }, { "EEXIST\"", -EEXIST },
        { "EINVAL\"", -EINVAL }, { "operation\"", CMMA_OPERATION_EXCEPTION }, { "addressing\"", CMMA_ADDRESSING_EXCEPTION },
        { "specification\"", CMMA_SPECIFICATION_EXCEPTION }
    };
    const char *text = text_of("result");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strncmp(text, names[i].name, strlen(names[i].name)))
            return names[i].value;
    char *end;
    long value = strtol(text, &end, 10);
    if (end == text)
        standin_refuses("the machine behind ends with %.*s", (int)strcspn(text, "\""), text);
    return value;
}

uint32_t cmma_impl_version(void) { return CMMA_IMPL_VERSION; }

const char *cmma_impl_capabilities(void) { return ""; }

struct cmma_vm *cmma_new_vm(int32_t host_has_cmma)
{
    static struct cmma_vm only;
    (void)host_has_cmma;
    ask("{\"hello\":1}");
    return &only;
}

void cmma_free_vm(struct cmma_vm *vm) { (void)vm; }

static int32_t simple(const char *name)
{
    ask("{\"op\":\"%s\"}", name);
    return result_of_answer();
}

#define LONG(number) ((unsigned long long)(number))

int32_t cmma_create_vcpu(struct cmma_vm *vm) { (void)vm; return simple("create_vcpu"); }
int32_t cmma_enable_cmma(struct cmma_vm *vm) { (void)vm; return simple("enable_cmma"); }
int32_t cmma_clear_cmma(struct cmma_vm *vm) { (void)vm; return simple("clear_cmma"); }
int32_t cmma_start_migration(struct cmma_vm *vm) { (void)vm; return simple("start_migration"); }
int32_t cmma_stop_migration(struct cmma_vm *vm) { (void)vm; return simple("stop_migration"); }

int32_t cmma_migration_status(struct cmma_vm *vm, int32_t *migrating)
{
    (void)vm;
    int32_t result = simple("migration_status");
    if (result == 0)
        *migrating = *text_of("migrating") == 't';
    return result;
}

int32_t cmma_create_slot(struct cmma_vm *vm, uint32_t id, uint64_t base_gfn, uint64_t pages, int32_t dirty_log, int32_t allocation_fails)
{
    (void)vm, (void)allocation_fails;
    ask("{\"op\":\"create_slot\",\"id\":%u,\"base_gfn\":\"0x%llx\",\"pages\":\"0x%llx\",\"dirty_log\":%s}", id, LONG(base_gfn), LONG(pages),
        dirty_log ? "true" : "false");
    return result_of_answer();
}

int32_t cmma_set_slot_flags(struct cmma_vm *vm, uint32_t id, int32_t dirty_log)
{
    (void)vm;
    ask("{\"op\":\"set_slot_flags\",\"id\":%u,\"dirty_log\":%s}", id, dirty_log ? "true" : "false");
    return result_of_answer();
}

int32_t cmma_move_slot(struct cmma_vm *vm, uint32_t id, uint64_t base_gfn, int32_t allocation_fails)
{
    (void)vm, (void)allocation_fails;
    ask("{\"op\":\"move_slot\",\"id\":%u,\"base_gfn\":\"0x%llx\"}", id, LONG(base_gfn));
    return result_of_answer();
}

int32_t cmma_delete_slot(struct cmma_vm *vm, uint32_t id, int32_t allocation_fails)
{
    (void)vm, (void)allocation_fails;
    ask("{\"op\":\"delete_slot\",\"id\":%u}", id);
    return result_of_answer();
}

int32_t cmma_touch(struct cmma_vm *vm, uint64_t gfn)
{
    (void)vm;
    ask("{\"op\":\"touch\",\"gfn\":\"0x%llx\"}", LONG(gfn));
    return result_of_answer();
}

int32_t cmma_evict(struct cmma_vm *vm, uint64_t gfn)
{
    (void)vm;
    ask("{\"op\":\"evict\",\"gfn\":\"0x%llx\"}", LONG(gfn));
    return result_of_answer();
}

int32_t cmma_essa(struct cmma_vm *vm, uint64_t gfn, uint32_t orc, uint64_t *r1)
{
    (void)vm;
    ask("{\"op\":\"essa\",\"gfn\":\"0x%llx\",\"orc\":%u}", LONG(gfn), orc);
    int32_t result = result_of_answer();
    if (result == 0)
        *r1 = number_of("r1");
    return result;
}

/* How much of the buffer can be written: what is there is written again. */
static uint64_t writable(const struct cmma_user *user, uint64_t address, uint64_t bytes)
{
    uint8_t *kept = malloc(bytes + 1);
    if (!kept)
        standin_refuses("no memory");
    bytes = user->read(user->context, address, kept, bytes);
    bytes = user->write(user->context, address, kept, bytes);
    free(kept);
    return bytes;
}

static const char *argument_of(const struct cmma_user *user, uint64_t argument, struct cmma_log *log)
{
    *log = (struct cmma_log){ 0 };
    if (user->read(user->context, argument, log, sizeof *log) != sizeof *log)
        return ",\"argument\":\"unreadable\"";
    return user->write(user->context, argument, log, sizeof *log) == sizeof *log ? "" : ",\"argument\":\"read_only\"";
}

static uint64_t put_runs(const struct cmma_user *user, uint64_t address, const char *text)
{
    static uint8_t run[CMMA_MAX_COUNT];
    uint64_t count = 0;
    while (*text && *text != '"') {
        uint8_t value = strtoul(text, (char **)&text, 16);
        uint64_t times = *text == '*' ? strtoull(text + 1, (char **)&text, 10) : 1;
        if (times > sizeof run)
            standin_refuses("the machine behind answers more values than a call can have");
        memset(run, value, times);
        user->write(user->context, address + count, run, times);
        count += times;
        text += *text == ' ';
    }
    return count;
}

int32_t cmma_get(struct cmma_vm *vm, const struct cmma_user *user, uint64_t argument)
{
    struct cmma_log log;
    char buffer[48] = "", flags[32] = "";
    (void)vm;
    const char *how = argument_of(user, argument, &log);
    uint64_t count = log.count < CMMA_MAX_COUNT ? log.count : CMMA_MAX_COUNT, bytes = writable(user, log.values, count);
    if (bytes < count)
        snprintf(buffer, sizeof buffer, ",\"buffer_bytes\":%llu", LONG(bytes));
    if (log.flags)
        snprintf(flags, sizeof flags, ",\"flags\":\"0x%x\"", log.flags);
    ask("{\"op\":\"get\",\"start_gfn\":\"0x%llx\",\"count\":%u%s,\"remaining\":\"0x%llx\"%s%s}", LONG(log.start_gfn), log.count, flags,
        LONG(log.remaining_or_mask), buffer, how);
    int32_t result = result_of_answer();
    if (result)
        return result;
    if (strstr(answer, "\"zeroed\":true")) {
        log = (struct cmma_log){ 0 };
    } else {
        log.start_gfn = number_of("start_gfn");
        log.count = number_of("count");
        log.remaining_or_mask = number_of("remaining");
        put_runs(user, log.values, text_of("values"));
    }
    user->write(user->context, argument, &log, sizeof log);
    return 0;
}

int32_t cmma_set(struct cmma_vm *vm, const struct cmma_user *user, uint64_t argument)
{
    struct cmma_log log;
    (void)vm;
    const char *how = argument_of(user, argument, &log);
    uint64_t count = log.count <= CMMA_MAX_COUNT ? log.count : 0;
    uint8_t *values = malloc(count + 1);
    char *text = malloc(3 * count + 1), *end = text;
    if (!values || !text)
        standin_refuses("no memory");
    count = user->read(user->context, log.values, values, count);
    for (uint64_t i = 0, run; i < count; i += run) {
        for (run = 1; i + run < count && values[i + run] == values[i]; run++)
            ;
        if (run > 4) {
            end += sprintf(end, "%s%02x*%llu", i ? " " : "", values[i], LONG(run));
        } else {
            run = 1;
            end += sprintf(end, "%s%02x", i ? " " : "", values[i]);
        }
    }
    *end = 0;
    char flags[32] = "";
    if (log.flags)
        snprintf(flags, sizeof flags, ",\"flags\":\"0x%x\"", log.flags);
    ask("{\"op\":\"set\",\"start_gfn\":\"0x%llx\",\"count\":%u%s,\"mask\":\"0x%llx\",\"values\":\"%s\"%s}", LONG(log.start_gfn), log.count,
        flags, LONG(log.remaining_or_mask), text, how);
    free(values);
    free(text);
    return result_of_answer();
}

/* A guest executes an instruction whole. */
void cmma_essa_begin(struct cmma_vm *vm, uint64_t gfn, uint32_t orc) { (void)vm; (void)gfn; (void)orc; }
int32_t cmma_essa_end(struct cmma_vm *vm, uint64_t *r1) { (void)vm; *r1 = 0; return 0; }
