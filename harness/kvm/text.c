/* SPDX-License-Identifier: MIT */
/*
 * Operations and results as the protocol writes them (docs/protocol.md): what may stand there is little enough to find
 * each field by its name, so there is no JSON parser here.
 */
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* The text of a field of the operation that begins at json, or NULL. Operations hold no braces. */
static const char *field(const char *json, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = json; *at && *at != '}'; at++)
        if (*at == '"' && !strncmp(at + 1, name, length) && !strncmp(at + 1 + length, "\":", 2))
            return at + length + 3 + (at[length + 3] == '"');
    return NULL;
}

static uint64_t number(const char *json, const char *name, uint64_t otherwise)
{
    const char *text = field(json, name);
    return text ? strtoull(text, NULL, text[0] == '0' && text[1] == 'x' ? 16 : 10) : otherwise;
}

static int is(const char *json, const char *name, const char *value)
{
    const char *text = field(json, name);
    return text && !strncmp(text, value, strlen(value)) && strchr("\",}", text[strlen(value)]);
}

uint64_t read_runs(const char *text, uint8_t *bytes, uint64_t room) /* "00 41*15" */
{
    uint64_t count = 0;
    while (text && *text && *text != '"') {
        uint8_t value = strtoul(text, (char **)&text, 16);
        uint64_t run = *text == '*' ? strtoull(text + 1, (char **)&text, 10) : 1;
        if (run > room - count)
            give_up("more than %llu values for one call", (unsigned long long)room);
        memset(bytes + count, value, run);
        count += run;
        if (*text != ' ' && *text != '"')
            give_up("values are no hex bytes");
        text += *text == ' ';
    }
    return count;
}

static enum kind kind_of(const char *json)
{
    static const char *const names[] = {
        [CREATE_VCPU] = "create_vcpu", [CREATE_SLOT] = "create_slot", [SET_SLOT_FLAGS] = "set_slot_flags", [MOVE_SLOT] = "move_slot",
        [DELETE_SLOT] = "delete_slot", [ENABLE_CMMA] = "enable_cmma", [CLEAR_CMMA] = "clear_cmma", [START_MIGRATION] = "start_migration",
        [STOP_MIGRATION] = "stop_migration", [MIGRATION_STATUS] = "migration_status", [TOUCH] = "touch", [EVICT] = "evict",
        [ESSA] = "essa", [GET] = "get", [SET] = "set"
    };
    for (size_t kind = 0; kind < sizeof names / sizeof *names; kind++)
        if (is(json, "op", names[kind]))
            return kind;
    give_up("an operation that a real kernel cannot be asked: %.*s", (int)strcspn(json, "}"), json);
}

void read_operation(const char *json, struct operation *operation)
{
    uint64_t count = number(json, "count", 0), clamped = count < MAX_COUNT ? count : MAX_COUNT;
    *operation = (struct operation){
        .kind = kind_of(json), .id = number(json, "id", 0), .orc = number(json, "orc", 0), .count = count, .flags = number(json, "flags", 0),
        .gfn = number(json, "gfn", number(json, "base_gfn", number(json, "start_gfn", 0))),
        .remaining_or_mask = number(json, "remaining", number(json, "mask", 0)), .dirty_log = is(json, "dirty_log", "true"),
        .argument = is(json, "argument", "unreadable") ? ARGUMENT_UNREADABLE : is(json, "argument", "read_only") ? ARGUMENT_READ_ONLY : ARGUMENT_OK
    };
    operation->pages = number(json, "pages", 1);
    operation->buffer_bytes = number(json, "buffer_bytes", clamped + MARGIN);
    if (field(json, "allocation"))
        give_up("a real kernel's allocation does not fail on demand");
    if (operation->kind != SET && operation->buffer_bytes > MAX_COUNT + MARGIN)
        give_up("a buffer of more than %llu bytes", MAX_COUNT + MARGIN + 0ull);
    if (operation->kind == SET) {
        uint8_t *values = malloc(MAX_COUNT + 1); /* one more than any call takes */
        if (!values)
            give_up("no memory for values");
        operation->buffer_bytes = read_runs(field(json, "values"), values, MAX_COUNT + 1);
        operation->values = realloc(values, operation->buffer_bytes + 1);
    }
}

/* ---- writing ---- */

static void write_name(FILE *output, int value)
{
    static const struct { int value; const char *name; } names[] = {
        { 0, "ok" }, { -ENXIO, "ENXIO" }, { -ENOMEM, "ENOMEM" }, { -EFAULT, "EFAULT" }, { -EBUSY, "EBUSY" }, { -EEXIST, "EEXIST" },
        { -EINVAL, "EINVAL" }
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].value == value) {
            fprintf(output, "{\"result\":\"%s\"", names[i].name);
            return;
        }
    fprintf(output, "{\"result\":\"%d\"", value);
}

static void write_interruption(FILE *output, int value)
{
    if (value == OPERATION_EXCEPTION || value == ADDRESSING_EXCEPTION || value == SPECIFICATION_EXCEPTION)
        fprintf(output, "{\"result\":\"%s\"",
                value == OPERATION_EXCEPTION ? "operation" : value == ADDRESSING_EXCEPTION ? "addressing" : "specification");
    else
        write_name(output, value);
}

static void write_runs(FILE *output, const uint8_t *bytes, uint64_t count)
{
    for (uint64_t i = 0, run; i < count; i += run) {
        for (run = 1; i + run < count && bytes[i + run] == bytes[i]; run++)
            ;
        fprintf(output, run > 1 ? "%s%02x*%llu" : "%s%02x", i ? " " : "", bytes[i], (unsigned long long)run);
    }
}

static void write_get(FILE *output, const struct result *result)
{
    static const struct kvm_s390_cmma_log zeros;
    const struct kvm_s390_cmma_log *log = &result->after;
    write_name(output, result->value);
    if (result->value == 0 && !memcmp(log, &zeros, sizeof zeros)) {
        fputs(",\"zeroed\":true", output);
    } else if (result->value == 0) {
        fprintf(output, ",\"start_gfn\":\"0x%llx\",\"count\":%u,\"remaining\":\"0x%llx\",\"values\":\"", (unsigned long long)log->start_gfn,
                log->count, (unsigned long long)log->remaining);
        write_runs(output, result->buffer, log->count < result->buffer_bytes ? log->count : result->buffer_bytes);
        fputc('"', output);
    }
}

/* The caller's memory as it lies there after the call. */
static void write_memory(FILE *output, const struct result *result)
{
    fputs(",\"argument\":\"", output);
    write_runs(output, (const uint8_t *)&result->after, sizeof result->after);
    fputs("\",\"buffer\":\"", output);
    write_runs(output, result->buffer, result->buffer_bytes);
    fprintf(output, "\",\"buffer_address\":\"0x%llx\"", (unsigned long long)result->before.values);
}

void write_result(FILE *output, const struct operation *operation, const struct result *result, int with_memory)
{
    if (operation->kind == GET)
        write_get(output, result);
    else if (operation->kind == ESSA || operation->kind == TOUCH || operation->kind == EVICT)
        write_interruption(output, result->value);
    else
        write_name(output, result->value);
    if (operation->kind == ESSA && result->value == 0)
        fprintf(output, ",\"r1\":\"0x%llx\"", (unsigned long long)result->r1);
    if (operation->kind == MIGRATION_STATUS && result->value == 0)
        fprintf(output, ",\"migrating\":%s", result->migrating ? "true" : "false");
    if (with_memory && (operation->kind == GET || operation->kind == SET))
        write_memory(output, result);
    if (result->breach)
        fprintf(output, ",\"breach\":\"%s\"", result->breach);
    fputc('}', output);
}
