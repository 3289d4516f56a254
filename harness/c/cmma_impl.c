/* SPDX-License-Identifier: MIT */
/*
 * An example of a library under test: what spec/clauses says, with one byte a page that holds all there is to know
 * about it. A slot is an array of such bytes; a new page is all zeros.
 */
#include "cmma_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { USAGE = 0x03, NO_DAT = 0x40, ATTRIBUTES = USAGE | NO_DAT, CONTENT = 0x0c, DIRTY = 0x80 };
enum { STABLE = 0, UNUSED = 1, POTENTIALLY_VOLATILE = 2, VOLATILE = 3 };    /* in USAGE */
enum { RESIDENT = 0x00, PRESERVED = 0x08, ZERO = 0x0c };                    /* in CONTENT */

#define END_OF_MEMORY (1ull << 52)
#define MAX_SLOT_PAGES 0x7fffffffull
#define GAP_PAGES 16

struct slot {
    struct slot *next;
    uint32_t id;
    int32_t dirty_log;
    uint64_t base, pages;
    uint8_t *page;
};

struct cmma_vm {
    int host_has_cmma, has_vcpu, enabled, used, migrating;
    uint64_t dirty; /* how many pages are */
    struct slot *slots;
    int32_t begun_result; /* what the ESSA that was begun answers */
    uint64_t begun_r1;
};

static uint8_t *page_at(const struct cmma_vm *vm, uint64_t gfn)
{
    for (struct slot *slot = vm->slots; slot; slot = slot->next)
        if (gfn - slot->base < slot->pages)
            return &slot->page[gfn - slot->base];
    return NULL;
}

/* where the slot hangs in the list; there is none of this id if NULL hangs there */
static struct slot **find(struct cmma_vm *vm, uint32_t id)
{
    struct slot **link = &vm->slots;
    while (*link && (*link)->id != id)
        link = &(*link)->next;
    return link;
}

static void clean(struct cmma_vm *vm, uint8_t *page)
{
    vm->dirty -= *page / DIRTY;
    *page &= ~DIRTY;
}

uint32_t cmma_impl_version(void) { return CMMA_IMPL_VERSION; }

const char *cmma_impl_capabilities(void)
{
    return "allocation_failure bad_argument bad_buffer essa essa_steps high_memory large_memory many_vcpus "
           "move_in_place no_cmma_host no_dat residency slot_allocation_failure unaligned_slots vcpu wide_orc";
}

struct cmma_vm *cmma_new_vm(int32_t host_has_cmma)
{
    struct cmma_vm *vm = calloc(1, sizeof *vm);
    if (vm)
        vm->host_has_cmma = host_has_cmma;
    return vm;
}

void cmma_free_vm(struct cmma_vm *vm)
{
    while (vm->slots)
        cmma_delete_slot(vm, vm->slots->id, 0);
    free(vm);
}

int32_t cmma_create_vcpu(struct cmma_vm *vm)
{
    vm->has_vcpu = 1;
    return 0;
}

/* Puts a slot in, or says why not. It is linked only if all is well. */
static int32_t insert(struct cmma_vm *vm, struct slot *new, int32_t allocation_fails)
{
    if (new->pages == 0 || new->pages > MAX_SLOT_PAGES || new->base > END_OF_MEMORY - new->pages)
        return -EINVAL;
    for (struct slot *slot = vm->slots; slot; slot = slot->next)
        if (slot->base - new->base < new->pages || new->base - slot->base < slot->pages)
            return -EEXIST;
    if (allocation_fails)
        return -ENOMEM;
    new->next = vm->slots;
    vm->slots = new;
    return 0;
}

/* The bytes of a slot that is in: all zeros, whatever it held before. */
static int32_t begin_anew(struct cmma_vm *vm, struct slot *slot)
{
    for (uint64_t i = 0; vm->dirty && slot->page && i < slot->pages; i++)
        clean(vm, &slot->page[i]);
    free(slot->page);
    slot->page = calloc(slot->pages, 1);
    if (!slot->page)
        abort();
    return vm->migrating && !slot->dirty_log ? cmma_stop_migration(vm) : 0;
}

int32_t cmma_create_slot(struct cmma_vm *vm, uint32_t id, uint64_t base_gfn, uint64_t pages, int32_t dirty_log,
                         int32_t allocation_fails)
{
    if (*find(vm, id))
        return -EEXIST;
    struct slot *slot = malloc(sizeof *slot);
    if (!slot)
        abort();
    *slot = (struct slot){ .id = id, .dirty_log = dirty_log, .base = base_gfn, .pages = pages };
    int32_t result = insert(vm, slot, allocation_fails);
    if (result == 0)
        return begin_anew(vm, slot);
    free(slot);
    return result;
}

int32_t cmma_set_slot_flags(struct cmma_vm *vm, uint32_t id, int32_t dirty_log)
{
    struct slot *slot = *find(vm, id);
    if (!slot)
        return -EINVAL;
    if (vm->migrating && slot->dirty_log && !dirty_log)
        cmma_stop_migration(vm);
    slot->dirty_log = dirty_log;
    return 0;
}

int32_t cmma_move_slot(struct cmma_vm *vm, uint32_t id, uint64_t base_gfn, int32_t allocation_fails)
{
    struct slot **link = find(vm, id), *slot = *link;
    if (!slot)
        return -EINVAL;
    uint64_t old_base = slot->base;
    *link = slot->next; /* its own old place is not in its way */
    slot->base = base_gfn;
    int32_t result = insert(vm, slot, allocation_fails);
    if (result == 0)
        return begin_anew(vm, slot);
    slot->base = old_base;
    slot->next = vm->slots;
    vm->slots = slot;
    return result;
}

int32_t cmma_delete_slot(struct cmma_vm *vm, uint32_t id, int32_t allocation_fails)
{
    (void)allocation_fails; /* nothing is allocated */
    struct slot **link = find(vm, id), *slot = *link;
    if (!slot)
        return -EINVAL;
    for (uint64_t i = 0; vm->dirty && i < slot->pages; i++)
        clean(vm, &slot->page[i]);
    *link = slot->next;
    free(slot->page);
    free(slot);
    return 0;
}

int32_t cmma_enable_cmma(struct cmma_vm *vm)
{
    if (!vm->host_has_cmma || vm->has_vcpu)
        return vm->host_has_cmma ? -EBUSY : -ENXIO;
    vm->enabled = 1;
    return 0;
}

/* in every page: keeps some bits, sets others */
static void everywhere(struct cmma_vm *vm, uint8_t kept, uint8_t set)
{
    for (struct slot *slot = vm->slots; slot; slot = slot->next)
        for (uint64_t i = 0; i < slot->pages; i++)
            slot->page[i] = (slot->page[i] & kept) | set;
}

int32_t cmma_clear_cmma(struct cmma_vm *vm)
{
    if (!vm->host_has_cmma || !vm->enabled)
        return vm->host_has_cmma ? -EINVAL : -ENXIO;
    everywhere(vm, (uint8_t)~ATTRIBUTES, 0);
    return 0;
}

int32_t cmma_start_migration(struct cmma_vm *vm)
{
    if (vm->migrating)
        return 0;
    if (!vm->slots)
        return -EINVAL;
    for (struct slot *slot = vm->slots; vm->enabled && slot; slot = slot->next)
        if (!slot->dirty_log)
            return -EINVAL;
    vm->migrating = 1;
    if (vm->enabled) {
        everywhere(vm, 0xff, DIRTY);
        for (struct slot *slot = vm->slots; slot; slot = slot->next)
            vm->dirty += slot->pages;
    }
    return 0;
}

int32_t cmma_stop_migration(struct cmma_vm *vm)
{
    vm->migrating = 0;
    if (vm->dirty)
        everywhere(vm, (uint8_t)~DIRTY, 0);
    vm->dirty = 0;
    return 0;
}

int32_t cmma_migration_status(struct cmma_vm *vm, int32_t *migrating)
{
    *migrating = vm->migrating;
    return 0;
}

static int32_t set_content(struct cmma_vm *vm, uint64_t gfn, uint8_t content)
{
    uint8_t *page = page_at(vm, gfn);
    if (!page)
        return CMMA_ADDRESSING_EXCEPTION;
    *page = (*page & ~CONTENT) | content;
    return 0;
}

int32_t cmma_touch(struct cmma_vm *vm, uint64_t gfn) { return set_content(vm, gfn, RESIDENT); }

int32_t cmma_evict(struct cmma_vm *vm, uint64_t gfn) { return set_content(vm, gfn, PRESERVED); }

static void change_state(uint8_t *page, uint32_t orc)
{
    static const uint8_t usage[] = { 0, STABLE, UNUSED, VOLATILE, POTENTIALLY_VOLATILE, STABLE, STABLE, STABLE };
    int resident = (*page & CONTENT) == RESIDENT;

    if (orc == 0 || (orc == 6 && !resident))
        return;
    *page = (*page & ~USAGE) | usage[orc];
    if (orc == 1)
        *page &= ~NO_DAT;
    if (orc == 7)
        *page |= NO_DAT;
    if (orc >= 2 && orc <= 4 && !resident) /* discarded, if it is not yet */
        *page |= ZERO | (orc == 4 ? VOLATILE : 0);
}

int32_t cmma_essa(struct cmma_vm *vm, uint64_t gfn, uint32_t orc, uint64_t *r1)
{
    uint8_t *page = page_at(vm, gfn);
    if (!vm->enabled || orc > 7)
        return vm->enabled ? CMMA_SPECIFICATION_EXCEPTION : CMMA_OPERATION_EXCEPTION;
    vm->used |= !vm->migrating;
    if (!page)
        return CMMA_ADDRESSING_EXCEPTION;
    *r1 = (*page & USAGE) << 2 | (*page & CONTENT) >> 2 | (*page & NO_DAT ? 0x20 : 0);
    change_state(page, orc);
    if (vm->migrating && orc && !(*page & DIRTY)) {
        *page |= DIRTY;
        vm->dirty++;
    }
    return 0;
}

void cmma_essa_begin(struct cmma_vm *vm, uint64_t gfn, uint32_t orc)
{
    vm->begun_result = cmma_essa(vm, gfn, orc, &vm->begun_r1);
}

int32_t cmma_essa_end(struct cmma_vm *vm, uint64_t *r1)
{
    *r1 = vm->begun_r1;
    return vm->begun_result;
}

/* the lowest dirty page from gfn on; the caller knows that there is one somewhere, so ~0 means: further down */
static uint64_t next_dirty(const struct cmma_vm *vm, uint64_t gfn)
{
    uint64_t lowest = ~0ull;
    for (struct slot *slot = vm->slots; slot; slot = slot->next)
        for (uint64_t i = gfn > slot->base ? gfn - slot->base : 0; i < slot->pages && slot->base + i < lowest; i++)
            if (slot->page[i] & DIRTY)
                lowest = slot->base + i;
    return lowest;
}

/* Takes pages from log->start_gfn on; without PEEK it stops at a gap and gives back the clean pages at the end. */
static void take(struct cmma_vm *vm, struct cmma_log *log, uint8_t *values)
{
    uint32_t taken = 0, kept = 0;
    uint8_t *page;
    while (taken < log->count && (log->flags || taken - kept < GAP_PAGES) && (page = page_at(vm, log->start_gfn + taken))) {
        values[taken++] = *page & ATTRIBUTES;
        if (log->flags || *page & DIRTY)
            kept = taken;
        if (!log->flags)
            clean(vm, page);
    }
    log->count = kept;
    log->remaining_or_mask = vm->dirty;
}

static int32_t copy_to(const struct cmma_user *user, uint64_t address, const void *from, uint64_t bytes)
{
    return user->write(user->context, address, from, bytes) == bytes ? 0 : -EFAULT;
}

static int32_t copy_from(const struct cmma_user *user, void *to, uint64_t address, uint64_t bytes)
{
    return user->read(user->context, address, to, bytes) == bytes ? 0 : -EFAULT;
}

int32_t cmma_get(struct cmma_vm *vm, const struct cmma_user *user, uint64_t argument)
{
    struct cmma_log log;
    uint8_t *values = NULL;
    int32_t result = copy_from(user, &log, argument, sizeof log);

    if (result || !vm->enabled)
        return result ? result : -ENXIO;
    if (log.flags != CMMA_PEEK && (log.flags || !vm->migrating))
        return -EINVAL;
    if (log.count == 0 || !vm->used || (!log.flags && !vm->dirty))
        return copy_to(user, argument, &(struct cmma_log){ 0 }, sizeof log);
    if (log.count > CMMA_MAX_COUNT)
        log.count = CMMA_MAX_COUNT;
    if (user->allocation_fails || !(values = malloc(log.count)))
        return -ENOMEM;
    if (!log.flags) {
        uint64_t first = next_dirty(vm, log.start_gfn);
        log.start_gfn = first != ~0ull ? first : next_dirty(vm, 0);
    }
    take(vm, &log, values);
    result = log.count == 0 ? -EFAULT : copy_to(user, log.values, values, log.count);
    if (result == 0)
        result = copy_to(user, argument, &log, sizeof log);
    free(values);
    return result;
}

int32_t cmma_set(struct cmma_vm *vm, const struct cmma_user *user, uint64_t argument)
{
    struct cmma_log log;
    uint8_t *values = NULL, *page;
    int32_t result = copy_from(user, &log, argument, sizeof log);

    if (result || !vm->enabled)
        return result ? result : -ENXIO;
    if (log.flags || log.count > CMMA_MAX_COUNT)
        return -EINVAL;
    if (log.count == 0)
        return 0;
    if (user->allocation_fails || !(values = malloc(log.count)))
        return -ENOMEM;
    result = copy_from(user, values, log.values, log.count);
    uint8_t selected = log.remaining_or_mask >> 24 & ATTRIBUTES;
    for (uint32_t i = 0; result == 0 && i < log.count; i++) {
        vm->used = 1;
        if ((page = page_at(vm, log.start_gfn + i)))
            *page = (*page & ~selected) | (values[i] & selected);
        else
            result = -EFAULT;
    }
    free(values);
    return result;
}
