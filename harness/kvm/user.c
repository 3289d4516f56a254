/* SPDX-License-Identifier: MIT */
/* The caller's memory as the kernel meets it: a struct and a buffer, each just before memory that faults. */
#include "cmma_kvm.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

static uint8_t *argument_page, *values_end; /* values_end: the first byte of the buffer's region that faults */

void *map_memory(uint64_t bytes)
{
    uint64_t room = (bytes + 2 * SEGMENT_BYTES) & ~(SEGMENT_BYTES - 1);
    if (bytes > UINT64_MAX / 4)
        return NULL;
    uint8_t *memory = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return NULL;
    memory += -(uint64_t)(uintptr_t)memory & (SEGMENT_BYTES - 1);
    madvise(memory, bytes, MADV_NOHUGEPAGE); /* a kernel without huge pages knows no such advice: none is needed there */
    return memory;
}

static void map_caller(void)
{
    const uint64_t buffer = MAX_COUNT + PAGE_BYTES; /* room for every value and the margin */
    uint8_t *region = map_memory(SEGMENT_BYTES * 4);
    if (!region || mprotect(region + buffer, PAGE_BYTES, PROT_NONE))
        give_up("no memory for the caller's buffer");
    values_end = region + buffer;
    argument_page = region + SEGMENT_BYTES * 3;
    if (mprotect(argument_page + PAGE_BYTES, PAGE_BYTES, PROT_NONE))
        give_up("no memory for the caller's struct");
}

static void protect_argument(enum argument argument)
{
    static const int protection[] = { [ARGUMENT_OK] = PROT_READ | PROT_WRITE, [ARGUMENT_UNREADABLE] = PROT_NONE, [ARGUMENT_READ_ONLY] = PROT_READ };
    if (mprotect(argument_page, PAGE_BYTES, protection[argument]))
        give_up("mprotect: %s", strerror(errno));
}

static uint8_t *prepare(const struct operation *operation, struct result *result)
{
    if (!argument_page)
        map_caller();
    uint8_t *buffer = values_end - operation->buffer_bytes;
    result->buffer = buffer;
    result->buffer_bytes = operation->buffer_bytes;
    result->before = (struct kvm_s390_cmma_log){ .start_gfn = operation->gfn, .count = operation->count, .flags = operation->flags,
                                                 .remaining = operation->remaining_or_mask, .values = (uint64_t)(uintptr_t)buffer };
    return buffer;
}

static int call(unsigned long number, const struct operation *operation, struct result *result)
{
    struct kvm_s390_cmma_log *log = (void *)(argument_page + PAGE_BYTES - sizeof *log);
    memcpy(log, &result->before, sizeof *log);
    protect_argument(operation->argument);
    int value = ioctl(vm_fd, number, log);
    value = value < 0 ? -errno : value;
    protect_argument(ARGUMENT_OK);
    memcpy(&result->after, log, sizeof *log);
    return value;
}

static int untouched(const struct result *result, uint64_t from)
{
    while (from < result->buffer_bytes && result->buffer[from] == FILLER)
        from++;
    return from >= result->buffer_bytes;
}

static const char *breach_of_get(const struct result *result)
{
    static const struct kvm_s390_cmma_log zeros;
    const struct kvm_s390_cmma_log *given = &result->before, *got = &result->after;
    if (result->value) {
        if (memcmp(given, got, sizeof *got))
            return "the struct was written back";
        return result->value != -EFAULT && !untouched(result, 0) ? "the buffer was written" : NULL;
    }
    if (!memcmp(got, &zeros, sizeof zeros))
        return untouched(result, 0) ? NULL : "the buffer was written";
    if (got->flags != given->flags || got->values != given->values)
        return "flags or the values pointer changed";
    if (got->count > given->count || got->count > MAX_COUNT || !untouched(result, got->count))
        return "more was written than was asked for";
    return NULL;
}

void call_get(const struct operation *operation, struct result *result)
{
    uint8_t *buffer = prepare(operation, result);
    memset(buffer, FILLER, operation->buffer_bytes);
    result->value = call(KVM_S390_GET_CMMA_BITS, operation, result);
    result->breach = breach_of_get(result);
}

void call_set(const struct operation *operation, struct result *result)
{
    uint8_t *buffer = prepare(operation, result);
    memcpy(buffer, operation->values, operation->buffer_bytes);
    result->value = call(KVM_S390_SET_CMMA_BITS, operation, result);
    if (memcmp(&result->before, &result->after, sizeof result->after) || memcmp(buffer, operation->values, operation->buffer_bytes))
        result->breach = "the struct or the buffer was written";
}
