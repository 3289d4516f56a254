/* SPDX-License-Identifier: MIT */
/*
 * The functions that `cmma check native:./lib.so` calls in a library under test.
 *
 * Numbers are in the byte order of the machine that runs the code. A VM is used by one thread at a time. What each
 * function must do stands in spec/clauses; the file is named with each. A result is 0 or a negative errno with the
 * values of Linux, which the function returns and does not put into the variable errno.
 */
#ifndef CMMA_IMPL_H
#define CMMA_IMPL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CMMA_IMPL_VERSION 2 /* since 2 slot operations are told whether their allocation fails */
#define CMMA_PEEK 1u             /* the one flag */
#define CMMA_MAX_COUNT 1048576u  /* values in one call */

/* The argument of GET and SET: 32 bytes, no padding. */
struct cmma_log {
    uint64_t start_gfn;         /* offset  0 */
    uint32_t count;             /* offset  8 */
    uint32_t flags;             /* offset 12 */
    uint64_t remaining_or_mask; /* offset 16: GET answers remaining, SET takes mask */
    uint64_t values;            /* offset 24: address of the values buffer, one byte a page */
};

/*
 * The caller of GET or SET. Its memory is reached only through these two functions: they copy as many bytes as can be
 * reached, and return how many; fewer than asked mean a fault behind them. Addresses are the caller's, not pointers.
 */
struct cmma_user {
    void *context; /* hand it to read and write */
    uint64_t (*read)(void *context, uint64_t address, void *to, uint64_t bytes);
    uint64_t (*write)(void *context, uint64_t address, const void *from, uint64_t bytes);
    int32_t allocation_fails; /* not 0: answer as if the allocation of this call had failed */
};

struct cmma_vm;

uint32_t cmma_impl_version(void);         /* CMMA_IMPL_VERSION */
const char *cmma_impl_capabilities(void); /* words separated by spaces, see docs/protocol.md */

/* One run is one new VM. NULL: no VM can be made. */
struct cmma_vm *cmma_new_vm(int32_t host_has_cmma);
void cmma_free_vm(struct cmma_vm *vm);

/*
 * create-vcpu.md, create-slot.md, set-slot-flags.md, move-slot.md, delete-slot.md; dirty_log is 0 or 1.
 * allocation_fails as in struct cmma_user: it is not 0 only for the capability slot_allocation_failure.
 */
int32_t cmma_create_vcpu(struct cmma_vm *vm);
int32_t cmma_create_slot(struct cmma_vm *vm, uint32_t id, uint64_t base_gfn, uint64_t pages, int32_t dirty_log,
                         int32_t allocation_fails);
int32_t cmma_set_slot_flags(struct cmma_vm *vm, uint32_t id, int32_t dirty_log);
int32_t cmma_move_slot(struct cmma_vm *vm, uint32_t id, uint64_t base_gfn, int32_t allocation_fails);
int32_t cmma_delete_slot(struct cmma_vm *vm, uint32_t id, int32_t allocation_fails);

/* enable-cmma.md, clear-cmma.md */
int32_t cmma_enable_cmma(struct cmma_vm *vm);
int32_t cmma_clear_cmma(struct cmma_vm *vm);

/* start-migration.md, stop-migration.md, migration-status.md: *migrating becomes 0 or 1 */
int32_t cmma_start_migration(struct cmma_vm *vm);
int32_t cmma_stop_migration(struct cmma_vm *vm);
int32_t cmma_migration_status(struct cmma_vm *vm, int32_t *migrating);

/* touch.md, evict.md, essa.md: 0, or the program interruption; *r1 matters only with 0 */
#define CMMA_OPERATION_EXCEPTION 1
#define CMMA_ADDRESSING_EXCEPTION 5
#define CMMA_SPECIFICATION_EXCEPTION 6
int32_t cmma_touch(struct cmma_vm *vm, uint64_t gfn);
int32_t cmma_evict(struct cmma_vm *vm, uint64_t gfn);
int32_t cmma_essa(struct cmma_vm *vm, uint64_t gfn, uint32_t orc, uint64_t *r1);

/* the same in two steps with other calls between them, for the capability essa_steps; without it they are not called */
void cmma_essa_begin(struct cmma_vm *vm, uint64_t gfn, uint32_t orc);
int32_t cmma_essa_end(struct cmma_vm *vm, uint64_t *r1);

/* get.md and peek.md, set.md: argument is the address of a struct cmma_log in the caller's memory */
int32_t cmma_get(struct cmma_vm *vm, const struct cmma_user *user, uint64_t argument);
int32_t cmma_set(struct cmma_vm *vm, const struct cmma_user *user, uint64_t argument);

#ifdef __cplusplus
}
#endif

#endif
