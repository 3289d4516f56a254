/* SPDX-License-Identifier: MIT */
/* One VM: its memory slots and its attributes. A run has one, in a process of its own. */
#include "cmma_kvm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

int kvm_fd = -1, vm_fd = -1;
int operand_is_prefixed;

/*
 * The memory of a slot stays with its id, as a monitor keeps the memory of a DIMM: before 7.0 a page's attributes belong
 * to that memory, so they come back with a slot of the same id.
 */
struct slot {
    struct slot *next;
    uint32_t id;
    int exists, dirty_log;
    uint64_t base, pages, mapped_bytes;
    uint8_t *memory;
    uint64_t not_resident_pages; /* room in the array below */
    uint64_t *not_resident;      /* gfns that were evicted and not touched since */
};

#define MOST_BACKED_BYTES (1ull << 38) /* no run that is to succeed has so much */

static const struct host *host;
static struct slot *slots;

static struct slot *slot_of(uint32_t id)
{
    struct slot *slot = slots;
    while (slot && slot->id != id)
        slot = slot->next;
    return slot;
}

static struct slot *slot_at(uint64_t gfn)
{
    struct slot *slot = slots;
    while (slot && !(slot->exists && gfn - slot->base < slot->pages))
        slot = slot->next;
    return slot;
}

int page_exists(uint64_t gfn) { return slot_at(gfn) != NULL; }

static uint8_t *host_page(const struct slot *slot, uint64_t gfn) { return slot->memory + (gfn - slot->base) * PAGE_BYTES; }

int vm_attribute(unsigned long call, uint32_t group, uint64_t attribute, void *address)
{
    struct kvm_device_attr request = { .group = group, .attr = attribute, .addr = (uint64_t)(uintptr_t)address };
    int result = ioctl(vm_fd, call, &request);
    return result < 0 ? -errno : result;
}

/* ORC 7 is there for the guest only if its CPU model has facility 147, which may have to be asked for. */
static void offer_no_dat(void)
{
    static struct kvm_s390_vm_cpu_processor model;
    int result = vm_attribute(KVM_GET_DEVICE_ATTR, KVM_S390_VM_CPU_MODEL, KVM_S390_VM_CPU_PROCESSOR, &model);
    if (result == 0 && !(model.fac_list[NO_DAT_WORD] & NO_DAT_BIT)) {
        model.fac_list[NO_DAT_WORD] |= NO_DAT_BIT;
        result = vm_attribute(KVM_SET_DEVICE_ATTR, KVM_S390_VM_CPU_MODEL, KVM_S390_VM_CPU_PROCESSOR, &model);
    }
    if (result)
        give_up("the CPU model of the guest cannot have facility 147: %s", strerror(-result));
}

void new_machine(const struct host *of)
{
    host = of;
    if ((kvm_fd = open(host->device, O_RDWR | O_CLOEXEC)) < 0)
        give_up("%s: %s", host->device, strerror(errno));
    if ((vm_fd = ioctl(kvm_fd, KVM_CREATE_VM, 0)) < 0)
        give_up("KVM_CREATE_VM: %s", strerror(errno));
    operand_is_prefixed = host->operand_prefixed;
    if (host->no_dat)
        offer_no_dat();
}

/* ---- slots ---- */

static int set_region(uint32_t kernel_id, int dirty_log, uint64_t address, uint64_t bytes, void *memory)
{
    struct kvm_userspace_memory_region region = {
        .slot = kernel_id, .flags = dirty_log ? KVM_MEM_LOG_DIRTY_PAGES : 0, .guest_phys_addr = address,
        .memory_size = bytes, .userspace_addr = (uint64_t)(uintptr_t)memory
    };
    int result = ioctl(vm_fd, KVM_SET_USER_MEMORY_REGION, &region);
    return result < 0 ? -errno : result;
}

/* The program's own memory is in the last slot; those of the run are counted from the first on. */
int set_program_slot(uint64_t address, void *memory, uint64_t bytes)
{
    return set_region(host->slots - 1, 1, address, bytes, memory);
}

static uint32_t kernel_id_of(const struct slot *slot)
{
    uint32_t id = 0;
    for (const struct slot *later = slot->next; later; later = later->next)
        id++;
    if (id + 1 >= (uint64_t)host->slots)
        give_up("the host has %ld memory slots, and the run needs more", host->slots);
    return id;
}

/* What a run asks for may be more than 64 bits of bytes can say: that is no call that a program could make. */
static uint64_t bytes_of(uint64_t pages)
{
    if (pages > UINT64_MAX / PAGE_BYTES)
        give_up("0x%llx pages are more bytes than 64 bits can say", (unsigned long long)pages);
    return pages * PAGE_BYTES;
}

/*
 * A slot's memory, for all that it may hold. If there is not so much, a page stands for it: the kernel looks at the
 * address and the size, and what it then accepts without memory behind it ends the run in is_now.
 */
static void give_memory(struct slot *slot, uint64_t bytes)
{
    if (slot->mapped_bytes >= bytes && slot->memory)
        return;
    slot->memory = bytes <= MOST_BACKED_BYTES ? map_memory(bytes) : NULL;
    slot->mapped_bytes = slot->memory ? bytes : 0;
    if (!slot->memory)
        slot->memory = map_memory(SEGMENT_BYTES);
    if (!slot->memory)
        give_up("no memory for a slot");
}

/* From 7.0 on a page has no table before something needs one; a storage key does, and leaves CMMA alone. */
static void make_tables(const struct slot *slot)
{
    uint8_t key = 0;
    uint64_t end = slot->base + slot->pages;
    if (!host->tables_by_key)
        return;
    for (uint64_t gfn = slot->base; gfn < end; gfn = (gfn | 255) + 1) {
        struct kvm_s390_skeys keys = { .start_gfn = gfn, .count = 1, .skeydata_addr = (uint64_t)(uintptr_t)&key };
        if (ioctl(vm_fd, KVM_S390_SET_SKEYS, &keys) < 0)
            give_up("KVM_S390_SET_SKEYS at page 0x%llx: %s", (unsigned long long)gfn, strerror(errno));
    }
}

static void is_now(struct slot *slot, uint64_t base, uint64_t pages)
{
    slot->exists = 1;
    slot->base = base;
    slot->pages = pages;
    slot->not_resident_pages = 0;
    if (slot->mapped_bytes < pages * PAGE_BYTES)
        give_up("the kernel accepted a slot of 0x%llx pages, for which this host has no memory", (unsigned long long)pages);
    make_tables(slot);
}

static int create_slot(const struct operation *operation)
{
    uint64_t bytes = bytes_of(operation->pages), address = bytes_of(operation->gfn);
    struct slot *slot = slot_of(operation->id);
    if (!slot && !(slot = calloc(1, sizeof *slot)))
        give_up("no memory for a slot");
    if (!slot->memory) {
        slot->id = operation->id;
        slot->next = slots;
        slots = slot;
    }
    give_memory(slot, bytes);
    int result = set_region(kernel_id_of(slot), operation->dirty_log, address, bytes, slot->memory);
    if (result == 0) {
        slot->dirty_log = operation->dirty_log;
        is_now(slot, operation->gfn, operation->pages);
    }
    return result;
}

/* The kernel tells what is done from what changes; an id that it does not know is a slot to create, or nothing to delete. */
static int change_slot(const struct operation *operation)
{
    struct slot *slot = slot_of(operation->id);
    int known = slot && slot->exists;
    uint64_t address = bytes_of(operation->kind == MOVE_SLOT ? operation->gfn : known ? slot->base : 0);
    uint64_t bytes = known && operation->kind != DELETE_SLOT ? slot->pages * PAGE_BYTES : 0;
    int dirty_log = operation->kind == SET_SLOT_FLAGS ? operation->dirty_log : known && slot->dirty_log;
    int result = set_region(known ? kernel_id_of(slot) : (uint32_t)host->slots - 2, dirty_log, address, bytes, known ? slot->memory : NULL);
    if (result || !known)
        return result;
    slot->dirty_log = dirty_log;
    if (operation->kind == MOVE_SLOT)
        is_now(slot, operation->gfn, slot->pages);
    if (operation->kind == DELETE_SLOT)
        slot->exists = 0;
    return 0;
}

uint64_t free_segment_below(uint64_t end)
{
    const uint64_t pages = SEGMENT_BYTES / PAGE_BYTES;
    for (uint64_t gfn = end / PAGE_BYTES; gfn >= pages; gfn -= pages) {
        struct slot *slot = slots;
        while (slot && !(slot->exists && slot->base < gfn && slot->base + slot->pages > gfn - pages))
            slot = slot->next;
        if (!slot)
            return (gfn - pages) * PAGE_BYTES;
    }
    return ~0ull;
}

/* ---- residency ---- */

static uint64_t *evicted(struct slot *slot, uint64_t gfn)
{
    for (uint64_t i = 0; i < slot->not_resident_pages; i++)
        if (slot->not_resident[i] == gfn)
            return &slot->not_resident[i];
    return NULL;
}

/* A store by the guest makes a page resident on every kernel. Before there can be a vCPU the host's store has to do. */
static int touch(uint64_t gfn)
{
    struct slot *slot = slot_at(gfn);
    if (!slot)
        return ADDRESSING_EXCEPTION;
    uint64_t *entry = evicted(slot, gfn);
    if (entry)
        *entry = slot->not_resident[--slot->not_resident_pages];
    if (guest_can_run())
        return guest_touch(gfn);
    *(volatile uint8_t *)host_page(slot, gfn) = 0;
    return 0;
}

/* The content is lost, which nobody asks for; the page's entry becomes invalid, as if it had been paged out. */
static int evict(uint64_t gfn)
{
    struct slot *slot = slot_at(gfn);
    int result = touch(gfn);
    if (result)
        return result;
    if (madvise(host_page(slot, gfn), PAGE_BYTES, MADV_DONTNEED))
        give_up("madvise(MADV_DONTNEED): %s", strerror(errno));
    slot->not_resident = realloc(slot->not_resident, (slot->not_resident_pages + 1) * sizeof *slot->not_resident);
    if (!slot->not_resident)
        give_up("no memory");
    slot->not_resident[slot->not_resident_pages++] = gfn;
    return 0;
}

/* ---- the guest's ESSA ---- */

/* A page that should be resident is touched by the guest just before: the host may have taken it meanwhile. */
static int essa_on(uint64_t gfn, uint32_t orc, uint64_t *r1)
{
    struct slot *slot = slot_at(gfn);
    int resident = slot && !evicted(slot, gfn);
    int result = guest_essa(gfn, orc, resident, r1);
    if (resident && result == 0 && *r1 & 3 && !(*r1 & 0x10))
        give_up("aged: page 0x%llx was touched just before ESSA and reads as 0x%llx: the host may have taken it meanwhile",
                (unsigned long long)gfn, (unsigned long long)*r1);
    return result;
}

/* the same ORC on each page; the answers must be the same too */
static void essa(const struct operation *operation, struct result *result)
{
    for (uint64_t i = 0; i < operation->pages && !result->breach; i++) {
        uint64_t r1 = 0;
        int value = essa_on(operation->gfn + i, operation->orc, &r1);
        if (i && (value != result->value || r1 != result->r1)) {
            static char breach[64];
            snprintf(breach, sizeof breach, "page 0x%llx answers otherwise than the first one", (unsigned long long)operation->gfn + i);
            result->breach = breach;
        }
        result->value = value;
        result->r1 = r1;
    }
}

/* ---- all of them ---- */

int ask_migrating(int *migrating)
{
    uint64_t status = 2; /* neither answer */
    int result = vm_attribute(KVM_GET_DEVICE_ATTR, KVM_S390_VM_MIGRATION, KVM_S390_VM_MIGRATION_STATUS, &status);
    if (result == 0 && status > 1)
        give_up("KVM_S390_VM_MIGRATION_STATUS is neither 0 nor 1");
    *migrating = status == 1;
    return result;
}

static int set_attribute(uint32_t group, uint64_t attribute) { return vm_attribute(KVM_SET_DEVICE_ATTR, group, attribute, NULL); }

void run_operation(const struct operation *operation, struct result *result)
{
    memset(result, 0, sizeof *result);
    switch (operation->kind) {
    case CREATE_VCPU: result->value = add_vcpu(); break;
    case CREATE_SLOT: result->value = create_slot(operation); break;
    case SET_SLOT_FLAGS: case MOVE_SLOT: case DELETE_SLOT: result->value = change_slot(operation); break;
    case ENABLE_CMMA: result->value = set_attribute(KVM_S390_VM_MEM_CTRL, KVM_S390_VM_MEM_ENABLE_CMMA); break;
    case CLEAR_CMMA: result->value = set_attribute(KVM_S390_VM_MEM_CTRL, KVM_S390_VM_MEM_CLR_CMMA); break;
    case START_MIGRATION: result->value = set_attribute(KVM_S390_VM_MIGRATION, KVM_S390_VM_MIGRATION_START); break;
    case STOP_MIGRATION: result->value = set_attribute(KVM_S390_VM_MIGRATION, KVM_S390_VM_MIGRATION_STOP); break;
    case MIGRATION_STATUS: result->value = ask_migrating(&result->migrating); break;
    case TOUCH: result->value = touch(operation->gfn); break;
    case EVICT: result->value = evict(operation->gfn); break;
    case ESSA: essa(operation, result); break;
    case GET: call_get(operation, result); break;
    case SET: call_set(operation, result); break;
    }
}
