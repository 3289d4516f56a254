/* SPDX-License-Identifier: MIT */
/* The stand-in's vCPU: it decodes the few instructions that the program emits, in the memory where they lie. */
#include "../c/cmma_impl.h"
#include "standin.h"

#include <errno.h>
#include <string.h>

struct kvm_run *run_area;

static uint64_t prefix; /* of the vCPU; the program has to say when it changes */

enum { MAX_INSTRUCTIONS = 64, PREFIX_BYTES = 0x2000 };
#define PSW_MASK 0x0000000180000000ull

/* Prefixing: the first 8 KiB and the prefix area change places. */
static uint64_t absolute(uint64_t real)
{
    if (real < PREFIX_BYTES)
        return real + prefix;
    return real - prefix < PREFIX_BYTES ? real - prefix : real;
}

/* Where bytes of real storage lie, or NULL: an addressing exception. They do not cross a page. */
static uint8_t *storage(uint64_t real)
{
    uint64_t address = absolute(real);
    struct region *region = region_at(address);
    return region ? (uint8_t *)(uintptr_t)region->memory + (address - region->address) : NULL;
}

static void check_psw(uint64_t mask, uint64_t address)
{
    if (mask != PSW_MASK)
        standin_refuses("a PSW with mask 0x%llx", (unsigned long long)mask);
    if (address & 1)
        standin_refuses("a PSW at the odd address 0x%llx", (unsigned long long)address);
}

static void interrupt(uint16_t code)
{
    uint64_t old[] = { run_area->psw_mask, run_area->psw_addr }, new[2];
    uint8_t *low = storage(0);
    memcpy(low + 0x150, old, sizeof old);
    memcpy(low + 0x8e, &code, sizeof code);
    memcpy(new, low + 0x1d0, sizeof new);
    check_psw(new[0], new[1]);
    run_area->psw_mask = new[0];
    run_area->psw_addr = new[1];
}

static uint64_t touched; /* the page that was touched last in this KVM_RUN, or all ones */

static int host_took(uint64_t gfn) { return host_has("ages") || (host_has("reclaims") && gfn != touched); }

static uint64_t operand_gfn(uint64_t address)
{
    int32_t migrating = 0;
    if (host_has("prefixing") && cmma_migration_status(vm, &migrating) == 0 && !migrating)
        address = absolute(address);
    return address / 4096;
}

static void essa(const uint8_t *code)
{
    uint64_t *registers = (uint64_t *)run_area->s.regs.gprs, r1 = 0;
    uint32_t orc = code[2] >> 4;
    if (code[2] & 15)
        standin_refuses("ESSA with 0x%02x in its third byte", code[2]);
    if (orc == 7 && host_has("no_facility_147")) {
        interrupt(CMMA_SPECIFICATION_EXCEPTION);
        return;
    }
    uint64_t gfn = operand_gfn(registers[code[3] & 15]);
    int result = cmma_essa(vm, gfn, orc, &r1);
    if (result)
        interrupt(result);
    else
        registers[code[3] >> 4] = r1 | (r1 % 4 == 0 && host_took(gfn) ? 2 : 0);
}

/* MVI */
static void store(const uint8_t *code)
{
    int base = code[2] >> 4;
    uint64_t address = (base ? run_area->s.regs.gprs[base] : 0) + (code[2] & 15) * 256 + code[3];
    uint8_t *byte = storage(address);
    int result = byte ? cmma_touch(vm, touched = absolute(address) / 4096) : CMMA_ADDRESSING_EXCEPTION;
    if (result)
        interrupt(result);
    else
        *byte = code[1];
}

static int leave(const uint8_t *code)
{
    run_area->exit_reason = KVM_EXIT_S390_SIEIC;
    run_area->s390_sieic.icptcode = 4;
    run_area->s390_sieic.ipa = code[0] << 8 | code[1];
    run_area->s390_sieic.ipb = (uint32_t)code[2] << 24 | (uint32_t)code[3] << 16;
    return 0;
}

static int synchronise(void)
{
    uint64_t dirty = run_area->kvm_dirty_regs;
    if (dirty & ~KVM_SYNC_S390_VALID_FIELDS)
        return -EINVAL;
    if (dirty & KVM_SYNC_PREFIX)
        prefix = run_area->s.regs.prefix & 0x7fffe000;
    run_area->kvm_dirty_regs = 0;
    if (!region_at(prefix) || !region_at(prefix + 4096))
        return -EFAULT; /* both pages of the prefix have to be there before the vCPU runs */
    check_psw(run_area->psw_mask, run_area->psw_addr);
    return 0;
}

int standin_run(void)
{
    int result = run_area ? synchronise() : -EINVAL;
    touched = ~0ull;
    for (int i = 0; result == 0 && i < MAX_INSTRUCTIONS; i++) {
        uint64_t address = run_area->psw_addr;
        const uint8_t *code = storage(address);
        if (!code)
            standin_refuses("no memory at the instruction address 0x%llx", (unsigned long long)address);
        run_area->psw_addr += 4; /* all of them have four bytes */
        if (code[0] == 0x83 && code[1] == 0 && code[2] == 0x05 && code[3] == 0x01)
            return leave(code);
        if (code[0] == 0xb9 && code[1] == 0xab)
            essa(code);
        else if (code[0] == 0x92)
            store(code);
        else
            standin_refuses("an instruction that is not known at 0x%llx: %02x %02x %02x %02x", (unsigned long long)address, code[0],
                            code[1], code[2], code[3]);
    }
    if (result == 0)
        standin_refuses("no end after %d instructions", MAX_INSTRUCTIONS);
    return result;
}
