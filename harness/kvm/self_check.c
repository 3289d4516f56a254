/* SPDX-License-Identifier: MIT */
/*
 * The vectors that a real kernel can run, in one program that needs nothing but /dev/kvm: a KTAP line for each, and what
 * differed before it. The exit code is as the kernel's selftests have it: 0, 1 if one failed, 4 if nothing could be run.
 */
#include "run.h"
#include "self_check.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { ALL_SKIPPED = 4, ANY_BYTES = 2 * (MAX_COUNT + 1) };

static void skip_all(const char *reason)
{
    printf("1..0 # SKIP %s\n", reason);
    exit(ALL_SKIPPED);
}

/* ---- a result against what must come back ---- */

/* Expands "00*2 ??" into pairs: a byte, and whether it is fixed. */
static size_t expand(const char *text, uint8_t *pairs)
{
    size_t count = 0;
    while (*text && *text != '"') {
        int any = *text == '?';
        uint8_t byte = any ? 0 : strtoul(text, NULL, 16);
        text += 2;
        unsigned long times = *text == '*' ? strtoul(text + 1, (char **)&text, 10) : 1;
        for (; times && count < MAX_COUNT + 1; times--, count++) {
            pairs[2 * count] = byte;
            pairs[2 * count + 1] = !any;
        }
        text += *text == ' ';
    }
    return count;
}

static int same_values(const char *expected, const char *got)
{
    static uint8_t wanted[ANY_BYTES], given[ANY_BYTES];
    size_t count = expand(expected, wanted);
    if (expand(got, given) != count)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (wanted[2 * i + 1] && wanted[2 * i] != given[2 * i])
            return 0;
    return 1;
}

/* Both are written the same way, so they are compared as text, but for bytes of any value. */
static int matches(const char *expected, const char *got)
{
    static const char name[] = "\"values\":\"";
    const char *any = strstr(expected, "??"), *wanted = strstr(expected, name), *given = strstr(got, name);
    if (!any)
        return !strcmp(expected, got);
    if (!wanted || !given || wanted - expected != given - got || strncmp(expected, got, wanted - expected))
        return 0;
    return same_values(wanted + sizeof name - 1, given + sizeof name - 1) && !strcmp(strchr(wanted + sizeof name - 1, '"'), strchr(given + sizeof name - 1, '"'));
}

static void report_line(FILE *output, size_t i, const struct operation *operation, const struct result *result)
{
    (void)i;
    write_result(output, operation, result, 0);
    fputc('\n', output);
}

static void say_difference(const struct vector *vector, size_t i, const char *got)
{
    const struct step *step = &vector->steps[i];
    printf("# operation %zu of %zu: %s\n", i + 1, vector->steps_count, step->operation);
    for (const char *const *expected = step->expected; expected && *expected; expected++)
        printf("# %s %s\n", expected == step->expected ? "must be: " : "or:      ", *expected);
    printf("# answered: %s\n", got);
}

/* The first difference, said; or that there is none. */
static int judge(const struct vector *vector, struct outcome *outcome)
{
    char *line = outcome->text;
    for (size_t i = 0; i < vector->steps_count; i++) {
        const char *const *expected = vector->steps[i].expected;
        char *end = strchr(line, '\n');
        if (!end) {
            say_difference(vector, i, *outcome->reason ? outcome->reason : "nothing");
            return 0;
        }
        *end = 0;
        while (expected && *expected && !matches(*expected, line))
            expected++;
        if ((expected && !*expected) || (!expected && strstr(line, "\"breach\":"))) {
            say_difference(vector, i, line);
            return 0;
        }
        line = end + 1;
    }
    return 1;
}

/* ---- all vectors ---- */

/* The first capability that the host lacks, or NULL. */
static const char *lacking(const struct host *host, const char *needs)
{
    if (strstr(needs, "unaligned_slots") && !host->unaligned_slots)
        return "unaligned_slots";
    if (strstr(needs, "no_dat") && !host->no_dat)
        return "no_dat";
    return NULL;
}

static int check(const struct host *host, const struct vector *vector)
{
    struct outcome outcome;
    struct operation *operations = calloc(vector->steps_count + 1, sizeof *operations);
    if (!operations)
        give_up("no memory for operations");
    for (size_t i = 0; i < vector->steps_count; i++)
        read_operation(vector->steps[i].operation, &operations[i]);
    run_operations(host, operations, vector->steps_count, report_line, &outcome);
    int passed = judge(vector, &outcome);
    for (size_t i = 0; i < vector->steps_count; i++)
        free((void *)operations[i].values);
    free(operations);
    free(outcome.text);
    return passed;
}

int main(int argc, char **argv)
{
    size_t passed = 0, failed = 0, skipped = 0;
    const char *device = argc == 3 && !strcmp(argv[1], "--device") ? argv[2] : "/dev/kvm";
    struct host host;
    if (argc != 1 && argc != 3) {
        fprintf(stderr, "usage: %s [--device PATH]\n", argv[0]);
        return 2;
    }
    puts("KTAP version 1");
    on_give_up = skip_all;
    find_host(&host, device);
    on_give_up = NULL;
    printf("# %s, against %s\n1..%zu\n", host.name, vectors_profile, vectors_count);
    for (size_t i = 0; i < vectors_count; i++) {
        const char *lack = lacking(&host, vectors[i].needs);
        int good = lack || check(&host, &vectors[i]);
        skipped += lack != NULL;
        passed += good && !lack;
        failed += !good;
        printf(lack ? "ok %zu %s # SKIP needs %s\n" : good ? "ok %zu %s\n" : "not ok %zu %s\n", i + 1, vectors[i].id, lack);
        fflush(stdout);
    }
    printf("# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:0\n", passed, failed, skipped);
    return failed ? 1 : passed ? 0 : ALL_SKIPPED;
}
