/* SPDX-License-Identifier: MIT */
/* What the host can do, found out before the first run, and what it lacks, said in one line. */
#include "cmma_kvm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static void open_device(const char *device)
{
    if ((kvm_fd = open(device, O_RDWR | O_CLOEXEC)) >= 0)
        return;
    if (errno == ENOENT)
        give_up("%s is missing: load the module kvm; inside a virtual machine its host has to offer nested virtualisation", device);
    if (errno == EACCES || errno == EPERM)
        give_up("%s may not be opened (%s): run as root or join the group that owns it", device, strerror(errno));
    give_up("%s: %s", device, strerror(errno));
}

static void create_vm(void)
{
    if ((vm_fd = ioctl(kvm_fd, KVM_CREATE_VM, 0)) >= 0)
        return;
    if (errno == EINVAL)
        give_up("KVM_CREATE_VM: EINVAL: before 7.0 the program needs page tables with PGSTEs: link it with -Wl,--s390-pgste, "
                "or set the sysctl vm.allocate_pgste to 1");
    give_up("KVM_CREATE_VM: %s", strerror(errno));
}

static void check_kernel(struct host *host)
{
    if (ioctl(kvm_fd, KVM_GET_API_VERSION, 0) != KVM_API_VERSION)
        give_up("%s is no KVM of version %d", host->device, KVM_API_VERSION);
    if (ioctl(kvm_fd, KVM_CHECK_EXTENSION, KVM_CAP_S390_CMMA_MIGRATION) <= 0)
        give_up("this kernel cannot migrate CMMA (KVM_CAP_S390_CMMA_MIGRATION): it is older than 4.13");
    if ((host->slots = ioctl(kvm_fd, KVM_CHECK_EXTENSION, KVM_CAP_NR_MEMSLOTS)) < 4)
        give_up("the host has %ld memory slots: too few", host->slots);
}

static void check_vm(struct host *host)
{
    int result = vm_attribute(KVM_HAS_DEVICE_ATTR, KVM_S390_VM_MEM_CTRL, KVM_S390_VM_MEM_ENABLE_CMMA, NULL);
    if (result == -ENXIO)
        give_up("the host has no CMMA: neither a machine without it nor the first level of nesting can be asked");
    if (result)
        give_up("KVM_HAS_DEVICE_ATTR of KVM_S390_VM_MEM_ENABLE_CMMA: %s", strerror(-result));
    result = vm_attribute(KVM_GET_DEVICE_ATTR, KVM_S390_VM_MEM_CTRL, KVM_S390_VM_MEM_LIMIT_SIZE, &host->memory_limit);
    if (result)
        give_up("KVM_GET_DEVICE_ATTR of KVM_S390_VM_MEM_LIMIT_SIZE: %s", strerror(-result));
    static struct kvm_s390_vm_cpu_machine machine;
    result = vm_attribute(KVM_GET_DEVICE_ATTR, KVM_S390_VM_CPU_MODEL, KVM_S390_VM_CPU_MACHINE, &machine);
    if (result)
        give_up("KVM_GET_DEVICE_ATTR of KVM_S390_VM_CPU_MACHINE: %s", strerror(-result));
    host->no_dat = (machine.fac_mask[NO_DAT_WORD] & machine.fac_list[NO_DAT_WORD] & NO_DAT_BIT) != 0;
}

static void name_host(struct host *host)
{
    struct utsname name;
    if (uname(&name))
        give_up("uname: %s", strerror(errno));
    snprintf(host->name, sizeof host->name, "%s %s %s", name.sysname, name.release, name.machine);
    host->tables_by_key = atoi(name.release) >= 7;
}

enum { LACKS = 2 }; /* exit code of a look at the host */

/* The feature is asked for on a VM of its own, since an answer may change the VM. */
static int can(struct host *host, int (*feature)(const struct host *))
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        on_give_up = NULL;
        _exit(feature(host) ? 0 : LACKS);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0)
        give_up("fork: %s", strerror(errno));
    if (WIFSIGNALED(status))
        give_up("a first look at %s ended by signal %d", host->device, WTERMSIG(status));
    if (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != LACKS) {
        if (on_give_up)
            on_give_up("a first look at the host failed, for the reason above");
        _exit(1); /* the child has said why: its words are the last */
    }
    return WEXITSTATUS(status) == 0;
}

static int takes_unaligned_slots(const struct host *host)
{
    struct result result;
    new_machine(host);
    run_operation(&(struct operation){ .kind = CREATE_SLOT, .gfn = 12, .pages = 4 }, &result);
    return result.value == 0;
}

static void expect(struct operation operation)
{
    struct result result;
    run_operation(&operation, &result);
    if (result.value)
        give_up("operation %d of the look at ESSA's operand failed: %s", operation.kind, strerror(-result.value));
}

/* Page 0 is made unused by SET. If ESSA does not find it so, its operand went to the prefix area. */
static int applies_prefixing(const struct host *host)
{
    static const uint8_t unused = 1;
    uint64_t r1 = 0;
    new_machine(host);
    expect((struct operation){ .kind = CREATE_SLOT, .pages = 256 });
    expect((struct operation){ .kind = ENABLE_CMMA });
    expect((struct operation){ .kind = SET, .count = 1, .remaining_or_mask = ~0ull, .buffer_bytes = 1, .values = &unused });
    if (guest_essa(0, 0, 0, &r1))
        give_up("ESSA on page 0 ended with a program interruption");
    return (r1 & 0x0c) != unused << 2;
}

void find_host(struct host *host, const char *device)
{
    *host = (struct host){ .device = device };
    name_host(host);
    open_device(device);
    check_kernel(host);
    create_vm();
    check_vm(host);
    close(vm_fd);
    close(kvm_fd);
    host->unaligned_slots = can(host, takes_unaligned_slots);
    host->operand_prefixed = can(host, applies_prefixing);
}
