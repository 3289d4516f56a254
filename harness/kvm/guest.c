/* SPDX-License-Identifier: MIT */
/*
 * The guest: a few instructions that run in a slot of their own, which is there only while they run, so that the program
 * is not seen in the answers of GET. Real addresses 0 to 0x1fff and those of the prefix area change places (prefixing).
 */
#include "cmma_kvm.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

int enables_to_come;

/* where things are in the program's slot */
enum { PREFIX = 0, INTERRUPTION_CODE = 0x8e, PROGRAM_NEW_PSW = 0x1d0, PREFIX_BYTES = 0x2000, CODE = 0x2000, HANDLER = 0x3000 };

#define PSW_MASK 0x0000000180000000ull /* 64-bit addressing, everything else off */
#define END_IPA 0x8300                 /* diagnose 0x501: leaves KVM_RUN */
#define END_IPB 0x05010000u
#define REGISTER_PAGE 2                /* holds the page's address */
#define REGISTER_ANSWER 1

static int vcpu_fd = -1, vcpus;
static struct kvm_run *run;
static uint8_t *memory; /* of the program's slot */

int add_vcpu(void)
{
    int fd = ioctl(vm_fd, KVM_CREATE_VCPU, (unsigned long)vcpus);
    if (fd < 0)
        return -errno;
    vcpus++;
    if (vcpu_fd < 0)
        vcpu_fd = fd;
    return 0;
}

int guest_can_run(void) { return vcpus || !enables_to_come; }

static void open_vcpu(void)
{
    int result = vcpus ? 0 : add_vcpu();
    if (result)
        give_up("KVM_CREATE_VCPU: %s", strerror(-result));
    int bytes = ioctl(kvm_fd, KVM_GET_VCPU_MMAP_SIZE, 0);
    if (bytes < (int)sizeof *run)
        give_up("KVM_GET_VCPU_MMAP_SIZE: %s", bytes < 0 ? strerror(errno) : "too few bytes");
    run = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu_fd, 0);
    if (run == MAP_FAILED)
        give_up("mmap of the vCPU: %s", strerror(errno));
    if (!(memory = map_memory(SEGMENT_BYTES)))
        give_up("no memory for the guest's program");
}

static void put(uint64_t at, const void *bytes, size_t count) { memcpy(memory + at, bytes, count); }

static void put_end(uint64_t at)
{
    static const uint8_t end[] = { 0x83, 0x00, 0x05, 0x01 };
    put(at, end, sizeof end);
}

/* The guest is big-endian, as every machine is on which this program runs. */
static void put_new_psw(uint64_t address)
{
    const uint64_t psw[] = { PSW_MASK, address };
    put(PREFIX + PROGRAM_NEW_PSW, psw, sizeof psw);
}

/* The operand that reaches a page, if prefixing applies to it. */
static uint64_t real_address(uint64_t gfn, uint64_t prefix, int prefixed)
{
    uint64_t address = gfn * PAGE_BYTES;
    if (prefixed && address < PREFIX_BYTES)
        return address + prefix;
    return address;
}

static void run_vcpu(void)
{
    while (ioctl(vcpu_fd, KVM_RUN, 0) < 0)
        if (errno != EINTR && errno != EAGAIN)
            give_up("KVM_RUN: %s", strerror(errno));
    if (run->exit_reason != KVM_EXIT_S390_SIEIC)
        give_up("KVM_RUN ended with exit reason %u at 0x%llx", run->exit_reason, (unsigned long long)run->psw_addr);
    if (run->s390_sieic.icptcode != 4 || run->s390_sieic.ipa != END_IPA || run->s390_sieic.ipb != END_IPB)
        give_up("KVM_RUN ended with interception %u, ipa 0x%x, ipb 0x%x", run->s390_sieic.icptcode, run->s390_sieic.ipa,
                run->s390_sieic.ipb);
}

/* Runs what stands at CODE, in a slot at address. Returns 0 or the program interruption. */
static int run_program(uint64_t address)
{
    uint16_t code;
    int result = set_program_slot(address, memory, SEGMENT_BYTES);
    if (result)
        give_up("no slot for the guest's program at 0x%llx: %s", (unsigned long long)address, strerror(-result));
    put_end(HANDLER);
    put_new_psw(address + HANDLER);
    memset(memory + PREFIX + INTERRUPTION_CODE, 0, sizeof code);
    run->psw_mask = PSW_MASK;
    run->psw_addr = address + CODE;
    run->s.regs.prefix = address + PREFIX;
    run->kvm_dirty_regs = KVM_SYNC_PREFIX;
    run_vcpu();
    if ((result = set_program_slot(address, memory, 0)))
        give_up("the slot of the guest's program cannot be taken away: %s", strerror(-result));
    if (run->psw_addr < address + HANDLER)
        return 0;
    memcpy(&code, memory + PREFIX + INTERRUPTION_CODE, sizeof code);
    if (code == 0)
        give_up("the guest was interrupted without a program interruption code");
    return code;
}

static uint64_t program_address(void)
{
    uint64_t address = free_segment_below(1ull << 31); /* where a prefix can be */
    if (address == ~0ull)
        give_up("no free MiB below 2 GiB for the guest's program");
    if (!run)
        open_vcpu();
    return address;
}

/* While migrating the kernel executes ESSA, and it takes the operand as it stands. */
static int operand_prefixed_now(void)
{
    int migrating = 0;
    if (operand_is_prefixed && ask_migrating(&migrating))
        give_up("KVM_S390_VM_MIGRATION_STATUS is not to be had");
    return operand_is_prefixed && !migrating;
}

static const uint8_t store[] = { 0x92, 0x00, REGISTER_PAGE << 4, 0x00 }; /* MVI: a zero byte where the register points */

int guest_touch(uint64_t gfn)
{
    uint64_t address = program_address();
    put(CODE, store, sizeof store);
    put_end(CODE + sizeof store);
    run->s.regs.gprs[REGISTER_PAGE] = real_address(gfn, address, 1);
    return run_program(address);
}

/*
 * The store needs a register of its own: prefixing applies to its address always, and to ESSA's operand as the machine
 * has it. touch_first: nothing comes between the store and the ESSA that would let the host take the page.
 */
int guest_essa(uint64_t gfn, uint32_t orc, int touch_first, uint64_t *r1)
{
    const uint8_t essa[] = { 0xb9, 0xab, (uint8_t)(orc << 4), REGISTER_ANSWER << 4 | REGISTER_PAGE };
    const uint8_t store_by_3[] = { 0x92, 0x00, 3 << 4, 0x00 };
    uint64_t address = program_address(), at = CODE;
    if (orc > 15)
        give_up("ORC %u: the instruction has four bits for it", orc);
    if (touch_first) {
        put(at, store_by_3, sizeof store_by_3);
        at += sizeof store_by_3;
    }
    put(at, essa, sizeof essa);
    put_end(at + sizeof essa);
    run->s.regs.gprs[REGISTER_ANSWER] = ~0ull;
    run->s.regs.gprs[REGISTER_PAGE] = real_address(gfn, address, operand_prefixed_now());
    run->s.regs.gprs[3] = real_address(gfn, address, 1);
    int result = run_program(address);
    *r1 = run->s.regs.gprs[REGISTER_ANSWER];
    return result;
}
