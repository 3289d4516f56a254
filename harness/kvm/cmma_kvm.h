/* SPDX-License-Identifier: MIT */
/*
 * The operations of spec/clauses on a real /dev/kvm of s390. A run is one new VM, in a process of its own. Structures
 * and numbers of the kernel's interface come from the UAPI headers; docs/real-kernel.md says what each part rests on.
 */
#ifndef CMMA_KVM_H
#define CMMA_KVM_H

#include <linux/kvm.h>
#include <stdint.h>

#define PAGE_BYTES 4096ull
#define SEGMENT_BYTES (1ull << 20) /* one page table: 256 pages */
#define MAX_COUNT 1048576u         /* values in one call of GET or SET */
#define MARGIN 64                  /* bytes behind the values buffer, to see that nothing is written there */
#define NO_DAT_WORD (147 / 64)     /* facility 147 in a facility list */
#define NO_DAT_BIT (1ull << (63 - 147 % 64))
#define FILLER 0xa5                /* no value holds this byte, so it shows what was written */

enum kind {
    CREATE_VCPU, CREATE_SLOT, SET_SLOT_FLAGS, MOVE_SLOT, DELETE_SLOT, ENABLE_CMMA, CLEAR_CMMA, START_MIGRATION,
    STOP_MIGRATION, MIGRATION_STATUS, TOUCH, EVICT, ESSA, GET, SET
};

enum argument { ARGUMENT_OK, ARGUMENT_UNREADABLE, ARGUMENT_READ_ONLY };

struct operation {
    enum kind kind;
    uint32_t id;                /* slots */
    uint64_t gfn;               /* base of a slot, page of touch, evict and essa, start_gfn of get and set */
    uint64_t pages;             /* of a slot; how many pages essa takes, each on its own */
    uint32_t orc, count, flags;
    uint64_t remaining_or_mask; /* as the caller passes it in */
    uint64_t buffer_bytes;      /* of the values buffer; memory behind it faults. For set: how many there are in values */
    int dirty_log;
    enum argument argument;
    const uint8_t *values;      /* of set */
};

/* Program interruptions as the guest finds them; an errno is negative. */
enum { OPERATION_EXCEPTION = 1, ADDRESSING_EXCEPTION = 5, SPECIFICATION_EXCEPTION = 6 };

struct result {
    int value;                       /* 0, a negative errno, a program interruption, or whatever the kernel returned */
    uint64_t r1;                     /* of essa */
    int migrating;                   /* of migration_status */
    struct kvm_s390_cmma_log before; /* of get and set: the struct as it was passed in, and as it is after the call */
    struct kvm_s390_cmma_log after;
    const uint8_t *buffer;           /* of get and set: the values buffer after the call; it lives until the next call */
    uint64_t buffer_bytes;
    const char *breach;              /* what the call did that none may, or NULL */
};

/* What the host can do, found out once at the start. */
struct host {
    const char *device;     /* path of /dev/kvm */
    uint64_t memory_limit;  /* bytes a VM can have */
    long slots;             /* memory slots a VM can have */
    int unaligned_slots;    /* slots that are no multiple of 256 pages (7.1 and later) */
    int no_dat;             /* facility 147: ORC 7 */
    int tables_by_key;      /* 7.0 and later: a page has no table before its storage key was set */
    int operand_prefixed;   /* the machine applies prefixing to the operand of ESSA */
    char name[256];         /* kernel and machine, for reports */
};

/* host.c: fills *host, or ends the program with one line that says what is missing. */
void find_host(struct host *host, const char *device);

/* machine.c: one VM. */
void new_machine(const struct host *host);
void run_operation(const struct operation *operation, struct result *result);
int vm_attribute(unsigned long call, uint32_t group, uint64_t attribute, void *address); /* 0 or a negative errno */
int ask_migrating(int *migrating);
int set_program_slot(uint64_t address, void *memory, uint64_t bytes); /* bytes 0 takes it away; 0 or a negative errno */
uint64_t free_segment_below(uint64_t end); /* guest address of a MiB that no slot covers, or all ones */
int page_exists(uint64_t gfn);
extern int vm_fd, kvm_fd;

/*
 * guest.c: what only a guest can do. If the run creates no vCPU, the program's own comes into being at the first use; but
 * not while the run has an enable_cmma before it, since CMMA cannot be enabled once there is a vCPU.
 */
int add_vcpu(void); /* 0 or a negative errno */
int guest_can_run(void);
extern int enables_to_come;
int guest_touch(uint64_t gfn);
int guest_essa(uint64_t gfn, uint32_t orc, int touch_first, uint64_t *r1);
extern int operand_is_prefixed; /* the machine applies prefixing to the operand of ESSA */

/* user.c: the caller's memory, and the two ioctls on it. */
void call_get(const struct operation *operation, struct result *result);
void call_set(const struct operation *operation, struct result *result);
void *map_memory(uint64_t bytes); /* aligned to a MiB; NULL if there is none */

/* give_up.c: a run that cannot be done says why and ends; on_give_up, if there is one, may end the program otherwise. */
extern void (*on_give_up)(const char *reason);
_Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
