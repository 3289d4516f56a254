/* SPDX-License-Identifier: MIT */
/* The operations of a real kernel behind JSON lines on stdin and stdout, for `cmma check exec:`. */
#include "run.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static struct operation *read_operations(const char *line, size_t *count)
{
    struct operation *operations = NULL;
    const char *json = strstr(line, "\"operations\":[");
    if (!json)
        give_up("no operations in a line");
    *count = 0;
    for (json += strlen("\"operations\":["); *json == '{'; ++*count) {
        if (!(*count & (*count + 1)) && !(operations = realloc(operations, (2 * *count + 2) * sizeof *operations)))
            give_up("no memory for operations");
        read_operation(json, &operations[*count]);
        if (!(json = strchr(json, '}')))
            give_up("a line ends in the middle of an operation");
        json += json[1] == ',' ? 2 : 1;
    }
    return operations;
}

static void free_operations(struct operation *operations, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free((void *)operations[i].values);
    free(operations);
}

static void report_result(FILE *output, size_t i, const struct operation *operation, const struct result *result)
{
    if (i)
        fputc(',', output);
    write_result(output, operation, result, 1);
}

static void write_escaped(const char *text)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putchar('\\');
        putchar((unsigned char)*text < ' ' ? ' ' : *text);
    }
}

static void greet(const struct host *host)
{
    const uint16_t one = 1;
    fputs("{\"hello\":1,\"name\":\"", stdout);
    write_escaped(host->name);
    printf("\",\"byte_order\":\"%s\"", *(const uint8_t *)&one ? "little" : "big");
    printf(",\"capabilities\":[\"bad_argument\",\"bad_buffer\",\"essa\"%s,\"residency\"%s,\"vcpu\"]}\n",
           host->no_dat ? ",\"no_dat\"" : "", host->unaligned_slots ? ",\"unaligned_slots\"" : "");
}

static void answer(const struct host *host, const char *line)
{
    const char *id = strstr(line, "\"id\":\"");
    if (!id)
        give_up("a line without an id");
    size_t count;
    struct operation *operations = read_operations(line, &count);
    struct outcome outcome;
    run_operations(host, operations, count, report_result, &outcome);
    printf("{\"id\":\"%.*s\",\"results\":[%s]", (int)strcspn(id + 6, "\""), id + 6, outcome.text);
    if (*outcome.reason) {
        fputs(",\"error\":\"", stdout);
        write_escaped(outcome.reason);
        putchar('"');
    }
    puts("}");
    free(outcome.text);
    free_operations(operations, count);
}

int main(int argc, char **argv)
{
    const char *device = argc == 3 && !strcmp(argv[1], "--device") ? argv[2] : "/dev/kvm";
    struct host host;
    char *line = NULL;
    size_t room = 0;
    if (argc != 1 && argc != 3) {
        fprintf(stderr, "usage: %s [--device PATH]\n", argv[0]);
        return 2;
    }
    find_host(&host, device);
    while (getline(&line, &room, stdin) > 0) {
        strncmp(line, "{\"hello\"", 8) ? answer(&host, line) : greet(&host);
        if (fflush(stdout))
            return 1;
    }
    free(line);
    return 0;
}
