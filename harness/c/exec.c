/* SPDX-License-Identifier: MIT */
/*
 * The functions of cmma_impl.h behind JSON lines on stdin and stdout, for `cmma check exec:`. Copy it to connect other
 * code: only operation() knows what is connected. docs/protocol.md says what may stand in a line; that is little enough
 * to find each field by its name, so there is no JSON parser here.
 */
#define _GNU_SOURCE /* getline */
#include "cmma_impl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILLER 0xa5  /* no answer holds this byte, so it shows what was written */
#define GUARD 64     /* bytes behind the buffer that can be written, to see whether they are */

/* The caller's memory: the struct at address 1, the values buffer at address 2^32. */
enum { ARGUMENT = 1 };
#define VALUES (1ull << 32)
struct caller {
    struct cmma_log log;
    int readable, writable;
    uint8_t buffer[CMMA_MAX_COUNT + GUARD];
    uint64_t buffer_bytes;
};

static uint64_t copy(struct caller *caller, uint64_t address, const void *from, void *to, uint64_t bytes)
{
    uint64_t size = address < VALUES ? sizeof caller->log : caller->buffer_bytes, offset = address < VALUES ? address - ARGUMENT : address - VALUES;
    uint8_t *memory = (address < VALUES ? (uint8_t *)&caller->log : caller->buffer) + offset;
    bytes = offset >= size ? 0 : bytes < size - offset ? bytes : size - offset;
    memcpy(from ? memory : to, from ? from : memory, bytes);
    return bytes;
}

static uint64_t user_read(void *context, uint64_t address, void *to, uint64_t bytes)
{
    struct caller *caller = context;
    return address < VALUES && !caller->readable ? 0 : copy(caller, address, NULL, to, bytes);
}

static uint64_t user_write(void *context, uint64_t address, const void *from, uint64_t bytes)
{
    struct caller *caller = context;
    return address < VALUES && !caller->writable ? 0 : copy(caller, address, from, NULL, bytes);
}

/* The text of a field of the operation that begins at json, or NULL. Operations hold no braces. */
static const char *field(const char *json, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = json; *at != '}'; at++)
        if (*at == '"' && !strncmp(at + 1, name, length) && !strncmp(at + 1 + length, "\":", 2))
            return at + length + 3 + (at[length + 3] == '"');
    return NULL;
}

static uint64_t number(const char *json, const char *name, uint64_t otherwise)
{
    const char *text = field(json, name);
    return text ? strtoull(text, NULL, text[1] == 'x' ? 16 : 10) : otherwise;
}

static int is(const char *json, const char *name, const char *value)
{
    const char *text = field(json, name);
    return text && !strncmp(text, value, strlen(value)) && strchr("\",}", text[strlen(value)]);
}

static uint64_t read_runs(const char *text, uint8_t *bytes) /* "00 41*15" */
{
    uint64_t count = 0;
    while (*text != '"') {
        uint8_t value = strtoul(text, (char **)&text, 16);
        uint64_t run = *text == '*' ? strtoul(text + 1, (char **)&text, 10) : 1;
        memset(bytes + count, value, run);
        count += run;
        text += *text == ' ';
    }
    return count;
}

static void write_runs(const uint8_t *bytes, uint64_t count)
{
    for (uint64_t i = 0, run; i < count; i += run) {
        for (run = 1; i + run < count && bytes[i + run] == bytes[i]; run++)
            ;
        printf(run > 1 ? "%s%02x*%llu" : "%s%02x", i ? " " : "", bytes[i], (unsigned long long)run);
    }
}

static const char *name_of(int32_t result, char *other)
{
    switch (-result) {
    case 0: return "ok";
    case ENXIO: return "ENXIO";
    case ENOMEM: return "ENOMEM";
    case EFAULT: return "EFAULT";
    case EBUSY: return "EBUSY";
    case EEXIST: return "EEXIST";
    case EINVAL: return "EINVAL";
    case -CMMA_OPERATION_EXCEPTION: return "operation";
    case -CMMA_ADDRESSING_EXCEPTION: return "addressing";
    case -CMMA_SPECIFICATION_EXCEPTION: return "specification";
    }
    sprintf(other, "%d", result);
    return other;
}

/* The caller's memory as it lies there now: whoever judges sees for himself what was written. */
static void write_memory(const struct caller *caller)
{
    printf(",\"argument\":\"");
    write_runs((const uint8_t *)&caller->log, sizeof caller->log);
    printf("\",\"buffer\":\"");
    write_runs(caller->buffer, caller->buffer_bytes);
    printf("\",\"buffer_address\":\"0x%llx\"}", VALUES);
}

static void get(struct cmma_vm *vm, const char *json, struct caller *caller, const struct cmma_user *user)
{
    static const struct cmma_log zeros;
    const struct cmma_log *got = &caller->log;
    uint64_t count = got->count < CMMA_MAX_COUNT ? got->count : CMMA_MAX_COUNT;
    caller->buffer_bytes = number(json, "buffer_bytes", count + GUARD);
    memset(caller->buffer, FILLER, caller->buffer_bytes);

    char other[16];
    int32_t result = cmma_get(vm, user, ARGUMENT);
    printf("{\"result\":\"%s\"", name_of(result, other));
    if (!result && !memcmp(got, &zeros, sizeof zeros)) {
        printf(",\"zeroed\":true");
    } else if (!result) {
        printf(",\"start_gfn\":\"0x%llx\",\"count\":%u,\"remaining\":\"0x%llx\",\"values\":\"",
               (unsigned long long)got->start_gfn, got->count, (unsigned long long)got->remaining_or_mask);
        write_runs(caller->buffer, got->count < caller->buffer_bytes ? got->count : caller->buffer_bytes);
        printf("\"");
    }
    write_memory(caller);
}

static void set(struct cmma_vm *vm, const char *json, struct caller *caller, const struct cmma_user *user)
{
    char other[16];
    caller->log.remaining_or_mask = number(json, "mask", 0);
    caller->buffer_bytes = read_runs(field(json, "values"), caller->buffer);
    printf("{\"result\":\"%s\"", name_of(cmma_set(vm, user, ARGUMENT), other));
    write_memory(caller);
}

static void ioctl_operation(struct cmma_vm *vm, const char *json)
{
    static struct caller caller;
    const struct cmma_user user = { &caller, user_read, user_write, field(json, "allocation") != NULL };

    caller.log = (struct cmma_log){ number(json, "start_gfn", 0), number(json, "count", 0), number(json, "flags", 0), number(json, "remaining", 0), VALUES };
    caller.readable = !is(json, "argument", "unreadable");
    caller.writable = caller.readable && !is(json, "argument", "read_only");
    if (is(json, "op", "get"))
        get(vm, json, &caller, &user);
    else
        set(vm, json, &caller, &user);
}

static void write_essa(int32_t result, uint64_t r1, const char *end)
{
    char other[16];
    printf("{\"result\":\"%s\"", name_of(result, other));
    if (!result)
        printf(",\"r1\":\"0x%llx\"", (unsigned long long)r1);
    fputs(end, stdout);
}

static void essa_end(struct cmma_vm *vm)
{
    uint64_t r1 = 0;
    int32_t result = cmma_essa_end(vm, &r1);
    write_essa(result, r1, "}");
}

/* the same ORC on each page; the answers must be the same too */
static void essa(struct cmma_vm *vm, const char *json)
{
    uint64_t gfn = number(json, "gfn", 0), r1 = 0, first_r1 = 0;
    int32_t result = 0, first = 0, same = 1;
    for (uint64_t i = 0; i < number(json, "pages", 1) && same; i++) {
        result = cmma_essa(vm, gfn + i, number(json, "orc", 0), &r1);
        first = i ? first : result;
        first_r1 = i ? first_r1 : r1;
        same = result == first && (result || r1 == first_r1);
    }
    write_essa(result, r1, same ? "}" : ",\"breach\":\"a page answers otherwise than the first one\"}");
}

static int32_t simple_operation(struct cmma_vm *vm, const char *json)
{
    uint64_t id = number(json, "id", 0), base = number(json, "base_gfn", 0), gfn = number(json, "gfn", 0);
    int dirty_log = is(json, "dirty_log", "true"), allocation_fails = field(json, "allocation") != NULL;
    if (is(json, "op", "create_slot")) return cmma_create_slot(vm, id, base, number(json, "pages", 0), dirty_log, allocation_fails);
    if (is(json, "op", "set_slot_flags")) return cmma_set_slot_flags(vm, id, dirty_log);
    if (is(json, "op", "move_slot")) return cmma_move_slot(vm, id, base, allocation_fails);
    if (is(json, "op", "delete_slot")) return cmma_delete_slot(vm, id, allocation_fails);
    if (is(json, "op", "create_vcpu")) return cmma_create_vcpu(vm);
    if (is(json, "op", "enable_cmma")) return cmma_enable_cmma(vm);
    if (is(json, "op", "clear_cmma")) return cmma_clear_cmma(vm);
    if (is(json, "op", "start_migration")) return cmma_start_migration(vm);
    if (is(json, "op", "stop_migration")) return cmma_stop_migration(vm);
    if (is(json, "op", "touch")) return cmma_touch(vm, gfn);
    return cmma_evict(vm, gfn);
}

static void operation(struct cmma_vm *vm, const char *json)
{
    char other[16];
    int32_t migrating = 0;
    if (is(json, "op", "get") || is(json, "op", "set")) {
        ioctl_operation(vm, json);
    } else if (is(json, "op", "essa")) {
        essa(vm, json);
    } else if (is(json, "op", "essa_begin")) {
        cmma_essa_begin(vm, number(json, "gfn", 0), number(json, "orc", 0));
        fputs("{\"result\":\"ok\"}", stdout);
    } else if (is(json, "op", "essa_end")) {
        essa_end(vm);
    } else if (is(json, "op", "migration_status")) {
        int32_t result = cmma_migration_status(vm, &migrating);
        printf("{\"result\":\"%s\",\"migrating\":%s}", name_of(result, other), migrating ? "true" : "false");
    } else {
        printf("{\"result\":\"%s\"}", name_of(simple_operation(vm, json), other));
    }
}

static void greet(void)
{
    const char *words = cmma_impl_capabilities();
    const uint16_t one = 1;
    printf("{\"hello\":1,\"name\":\"the example in C\",\"version\":\"%u\",\"byte_order\":\"%s\",\"capabilities\":[\"",
           cmma_impl_version(), *(const uint8_t *)&one ? "little" : "big");
    for (; *words; words++)
        *words == ' ' ? fputs("\",\"", stdout) : putchar(*words);
    printf("\"]}\n");
}

static void run(const char *line)
{
    const char *id = strstr(line, "\"id\":\"") + 6, *json = strstr(line, "\"operations\":[") + 14;
    struct cmma_vm *vm = cmma_new_vm(!strstr(line, "\"host_has_cmma\":false"));
    printf("{\"id\":\"%.*s\",\"results\":[", (int)strcspn(id, "\""), id);
    for (int first = 1; *json == '{'; first = 0) {
        if (!first)
            putchar(',');
        operation(vm, json);
        json = strchr(json, '}') + 1;
        json += *json == ',';
    }
    printf("]}\n");
    cmma_free_vm(vm);
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        strncmp(line, "{\"hello\"", 8) ? run(line) : greet();
        fflush(stdout);
    }
    free(line);
    return 0;
}
