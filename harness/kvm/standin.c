/* SPDX-License-Identifier: MIT */
/*
 * A stand-in for /dev/kvm, to test all of the program but the kernel: linked in front of open, ioctl, mmap, munmap and
 * madvise (ld's --wrap), it checks every call against the UAPI, holds the slots and runs the guest. What the kernel would
 * answer about CMMA comes from the machine behind it, through cmma_impl.h. A call that no program should make ends the
 * process and says why; what KVM refuses gets KVM's errno.
 *
 * CMMA_STANDIN_HOST holds words about the host: no_right, no_pgste, no_cmma, old_kernel, aligned_only, no_facility_147,
 * prefixing (ESSA's operand is prefixed outside migration mode), reclaims (a page that was not touched in the same KVM_RUN
 * reads as preserved), ages (every resident page does).
 */
#include "../c/cmma_impl.h"
#include "standin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FDS = 1024, SLOTS = 64, CODE_BYTES = 256 };
enum fd_kind { NOT_OURS, KVM, VM, VCPU };

static enum fd_kind kinds[FDS];
struct region regions[SLOTS];
struct cmma_vm *vm;
static struct kvm_s390_vm_cpu_processor processor;
static int vcpu_count;

int __real_open(const char *path, int flags, ...);
int __real_ioctl(int fd, unsigned long request, ...);
void *__real_mmap(void *address, size_t bytes, int protection, int flags, int fd, off_t offset);
int __real_munmap(void *address, size_t bytes);
int __real_madvise(void *address, size_t bytes, int advice);

_Noreturn void standin_refuses(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("stand-in: ", stderr);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    fflush(stderr);
    _exit(70);
}

int host_has(const char *word)
{
    const char *words = getenv("CMMA_STANDIN_HOST");
    size_t length = strlen(word);
    for (const char *at = words; at && (at = strstr(at, word)); at += length)
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
            return 1;
    return 0;
}

static int fails(int error)
{
    errno = error;
    return -1;
}

static int answers(int result) { return result < 0 ? fails(-result) : result; }

static int new_fd(enum fd_kind kind)
{
    int fd = __real_open("/dev/null", O_RDWR | O_CLOEXEC);
    if (fd < 0 || fd >= FDS)
        standin_refuses("too many descriptors");
    kinds[fd] = kind;
    return fd;
}

/* ---- the caller's memory, as the kernel finds it: by trying ---- */

static int probe(void)
{
    static int fd = -1;
    if (fd < 0 && (fd = memfd_create("probe", MFD_CLOEXEC)) < 0)
        standin_refuses("memfd_create: %s", strerror(errno));
    return fd;
}

/* Page by page, so that what can be reached before a fault is copied. */
static uint64_t copy(uint64_t address, void *ours, uint64_t bytes, int to_caller)
{
    uint64_t done = 0;
    while (done < bytes) {
        uint64_t part = 4096 - (address + done) % 4096;
        part = part < bytes - done ? part : bytes - done;
        void *theirs = (void *)(uintptr_t)(address + done), *mine = (uint8_t *)ours + done;
        if (to_caller ? pwrite(probe(), mine, part, 0) != (ssize_t)part || pread(probe(), theirs, part, 0) != (ssize_t)part
                      : pwrite(probe(), theirs, part, 0) != (ssize_t)part || pread(probe(), mine, part, 0) != (ssize_t)part)
            break;
        done += part;
    }
    return done;
}

static uint64_t user_read(void *context, uint64_t address, void *to, uint64_t bytes)
{
    (void)context;
    return copy(address, to, bytes, 0);
}

static uint64_t user_write(void *context, uint64_t address, const void *from, uint64_t bytes)
{
    (void)context;
    return copy(address, (void *)from, bytes, 1);
}

static const struct cmma_user user = { NULL, user_read, user_write, 0 };

/* ---- memory slots ---- */

struct region *region_at(uint64_t address)
{
    for (struct region *region = regions; region < regions + SLOTS; region++)
        if (region->bytes && address - region->address < region->bytes)
            return region;
    return NULL;
}

static int overlaps(const struct region *self, uint64_t address, uint64_t bytes)
{
    for (struct region *region = regions; region < regions + SLOTS; region++)
        if (region->bytes && region != self && (region->address - address < bytes || address - region->address < region->bytes))
            return 1;
    return 0;
}

static int change_region(struct region *region, const struct kvm_userspace_memory_region *asked, uint32_t id, int log)
{
    int result = 0;
    if (asked->memory_size == 0)
        result = cmma_delete_slot(vm, id, 0);
    else if (asked->memory_size != region->bytes || asked->userspace_addr != region->memory)
        return -EINVAL;
    else if (asked->guest_phys_addr != region->address)
        result = overlaps(region, asked->guest_phys_addr, region->bytes) ? -EEXIST : cmma_move_slot(vm, id, asked->guest_phys_addr / 4096, 0);
    else if (log != region->log)
        result = cmma_set_slot_flags(vm, id, log);
    if (result == 0)
        *region = (struct region){ asked->guest_phys_addr, asked->memory_size, asked->userspace_addr, log };
    return result;
}

static int set_region(const struct kvm_userspace_memory_region *asked)
{
    int log = (asked->flags & KVM_MEM_LOG_DIRTY_PAGES) != 0;
    uint64_t address = asked->guest_phys_addr, bytes = asked->memory_size, unit = host_has("aligned_only") ? 1 << 20 : 4096;
    if (asked->flags & ~(uint32_t)KVM_MEM_LOG_DIRTY_PAGES || asked->slot >= SLOTS)
        return -EINVAL;
    if (address % 4096 || bytes % unit || asked->userspace_addr % unit || address + bytes < address)
        return -EINVAL;
    struct region *region = &regions[asked->slot];
    if (region->bytes)
        return change_region(region, asked, asked->slot, log);
    if (!bytes || bytes / 4096 > 0x7fffffff || address + bytes > STANDIN_MEMORY_LIMIT)
        return -EINVAL;
    if (overlaps(NULL, address, bytes))
        return -EEXIST;
    int result = cmma_create_slot(vm, asked->slot, address / 4096, bytes / 4096, log, 0);
    if (result == 0)
        *region = (struct region){ address, bytes, asked->userspace_addr, log };
    return result;
}

static int set_keys(const struct kvm_s390_skeys *keys)
{
    uint8_t key;
    if (keys->flags || keys->count < 1 || keys->count > 1048576)
        return -EINVAL;
    for (uint64_t i = 0; i < keys->count; i++)
        if (!region_at((keys->start_gfn + i) * 4096))
            return -EFAULT;
    return copy(keys->skeydata_addr, &key, 1, 0) == 1 ? 0 : -EFAULT;
}

/* ---- attributes ---- */

static int cpu_model(unsigned long request, const struct kvm_device_attr *attribute)
{
    static struct kvm_s390_vm_cpu_machine machine;
    machine.fac_mask[2] = machine.fac_list[2] = host_has("no_facility_147") ? 0 : 1ull << 44;
    if (request == KVM_SET_DEVICE_ATTR && attribute->attr == KVM_S390_VM_CPU_PROCESSOR)
        return vcpu_count ? -EBUSY : copy(attribute->addr, &processor, sizeof processor, 0) == sizeof processor ? 0 : -EFAULT;
    if (request == KVM_GET_DEVICE_ATTR && attribute->attr == KVM_S390_VM_CPU_PROCESSOR)
        return copy(attribute->addr, &processor, sizeof processor, 1) == sizeof processor ? 0 : -EFAULT;
    if (request == KVM_GET_DEVICE_ATTR && attribute->attr == KVM_S390_VM_CPU_MACHINE)
        return copy(attribute->addr, &machine, sizeof machine, 1) == sizeof machine ? 0 : -EFAULT;
    return -ENXIO;
}

static int memory_control(unsigned long request, const struct kvm_device_attr *attribute)
{
    uint64_t limit = STANDIN_MEMORY_LIMIT;
    if (attribute->attr == KVM_S390_VM_MEM_LIMIT_SIZE && request == KVM_GET_DEVICE_ATTR)
        return copy(attribute->addr, &limit, sizeof limit, 1) == sizeof limit ? 0 : -EFAULT;
    if (attribute->attr > KVM_S390_VM_MEM_CLR_CMMA || request == KVM_GET_DEVICE_ATTR || host_has("no_cmma"))
        return -ENXIO;
    if (request == KVM_HAS_DEVICE_ATTR)
        return 0;
    return attribute->attr == KVM_S390_VM_MEM_ENABLE_CMMA ? cmma_enable_cmma(vm) : cmma_clear_cmma(vm);
}

static int migration(unsigned long request, const struct kvm_device_attr *attribute)
{
    int32_t migrating;
    if (request == KVM_HAS_DEVICE_ATTR)
        return 0;
    if (request == KVM_GET_DEVICE_ATTR) {
        int result = attribute->attr == KVM_S390_VM_MIGRATION_STATUS ? cmma_migration_status(vm, &migrating) : -ENXIO;
        uint64_t status = migrating;
        return result ? result : copy(attribute->addr, &status, sizeof status, 1) == sizeof status ? 0 : -EFAULT;
    }
    if (attribute->attr > KVM_S390_VM_MIGRATION_START)
        return -ENXIO;
    return attribute->attr == KVM_S390_VM_MIGRATION_START ? cmma_start_migration(vm) : cmma_stop_migration(vm);
}

static int device_attribute(unsigned long request, const struct kvm_device_attr *attribute)
{
    if (attribute->flags)
        return -EINVAL;
    switch (attribute->group) {
    case KVM_S390_VM_MEM_CTRL: return memory_control(request, attribute);
    case KVM_S390_VM_CPU_MODEL: return cpu_model(request, attribute);
    case KVM_S390_VM_MIGRATION: return migration(request, attribute);
    }
    return -ENXIO;
}

/* ---- the calls ---- */

static int kvm_ioctl(unsigned long request, unsigned long argument)
{
    if (request == KVM_GET_API_VERSION)
        return KVM_API_VERSION;
    if (request == KVM_CHECK_EXTENSION)
        return argument == KVM_CAP_S390_CMMA_MIGRATION ? !host_has("old_kernel") : argument == KVM_CAP_NR_MEMSLOTS ? SLOTS : 0;
    if (request == KVM_GET_VCPU_MMAP_SIZE)
        return 2 * 4096;
    if (request != KVM_CREATE_VM)
        standin_refuses("ioctl 0x%lx on /dev/kvm", request);
    if (argument || host_has("no_pgste"))
        return fails(EINVAL);
    if (vm)
        cmma_free_vm(vm);
    memset(regions, 0, sizeof regions);
    memset(&processor, 0, sizeof processor);
    vcpu_count = 0;
    if (!(vm = cmma_new_vm(1)))
        standin_refuses("the machine behind makes no VM");
    return new_fd(VM);
}

static int create_vcpu(unsigned long id)
{
    if (id != (unsigned long)vcpu_count)
        standin_refuses("KVM_CREATE_VCPU with id %lu, where %d is the next", id, vcpu_count);
    int result = cmma_create_vcpu(vm);
    if (result)
        return answers(result);
    vcpu_count++;
    return new_fd(VCPU);
}

static int vm_ioctl(unsigned long request, unsigned long argument)
{
    void *at = (void *)argument;
    switch (request) {
    case KVM_CREATE_VCPU: return create_vcpu(argument);
    case KVM_SET_USER_MEMORY_REGION: return answers(set_region(at));
    case KVM_S390_SET_SKEYS: return answers(set_keys(at));
    case KVM_HAS_DEVICE_ATTR: case KVM_GET_DEVICE_ATTR: case KVM_SET_DEVICE_ATTR: return answers(device_attribute(request, at));
    case KVM_S390_GET_CMMA_BITS: return answers(cmma_get(vm, &user, argument));
    case KVM_S390_SET_CMMA_BITS: return answers(cmma_set(vm, &user, argument));
    }
    standin_refuses("ioctl 0x%lx on a VM", request);
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    unsigned long argument = va_arg(arguments, unsigned long);
    va_end(arguments);
    switch (fd >= 0 && fd < FDS ? kinds[fd] : NOT_OURS) {
    case KVM: return kvm_ioctl(request, argument);
    case VM: return vm_ioctl(request, argument);
    case VCPU:
        if (request != KVM_RUN || argument)
            standin_refuses("ioctl 0x%lx with 0x%lx on a vCPU", request, argument);
        return answers(standin_run());
    case NOT_OURS: break;
    }
    return __real_ioctl(fd, request, argument);
}

int __wrap_open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int mode = flags & O_CREAT ? va_arg(arguments, int) : 0;
    va_end(arguments);
    if (strcmp(path, "/dev/kvm"))
        return __real_open(path, flags, mode);
    if (host_has("no_right"))
        return fails(EACCES);
    return new_fd(KVM);
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int mode = flags & O_CREAT ? va_arg(arguments, int) : 0;
    va_end(arguments);
    return __wrap_open(path, flags, mode);
}

void *__wrap_mmap(void *address, size_t bytes, int protection, int flags, int fd, off_t offset)
{
    if (fd < 0 || fd >= FDS || kinds[fd] == NOT_OURS)
        return __real_mmap(address, bytes, protection, flags, fd, offset);
    if (kinds[fd] != VCPU || bytes != 2 * 4096 || offset || !(flags & MAP_SHARED))
        standin_refuses("mmap of %zu bytes at %lld of a descriptor of kind %d", bytes, (long long)offset, kinds[fd]);
    return run_area ? (void *)run_area : (run_area = __real_mmap(NULL, bytes, protection, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

void *__wrap_mmap64(void *address, size_t bytes, int protection, int flags, int fd, off_t offset)
{
    return __wrap_mmap(address, bytes, protection, flags, fd, offset);
}

static struct region *region_of_memory(uint64_t memory, uint64_t bytes)
{
    for (struct region *region = regions; region < regions + SLOTS; region++)
        if (region->bytes && memory < region->memory + region->bytes && region->memory < memory + bytes)
            return region;
    return NULL;
}

int __wrap_munmap(void *address, size_t bytes)
{
    if (region_of_memory((uintptr_t)address, bytes))
        standin_refuses("munmap of a slot's memory");
    return __real_munmap(address, bytes);
}

/* A page of a slot without its memory is one that the host has paged out. */
int __wrap_madvise(void *address, size_t bytes, int advice)
{
    uint64_t memory = (uintptr_t)address;
    if (memory % 4096)
        return fails(EINVAL);
    for (uint64_t at = memory; advice == MADV_DONTNEED && at < memory + bytes; at += 4096) {
        struct region *region = region_of_memory(at, 4096);
        if (region && cmma_evict(vm, (region->address + (at - region->memory)) / 4096))
            standin_refuses("the machine behind does not evict a page of a slot");
    }
    return __real_madvise(address, bytes, advice);
}
