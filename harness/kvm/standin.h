/* SPDX-License-Identifier: MIT */
#ifndef CMMA_STANDIN_H
#define CMMA_STANDIN_H

#include <linux/kvm.h>
#include <stdint.h>

#define STANDIN_MEMORY_LIMIT (1ull << 53) /* bytes a VM can have */

/* A memory slot; bytes is 0 where there is none. */
struct region {
    uint64_t address, bytes; /* guest absolute */
    uint64_t memory;         /* where it lies in the program */
    int log;
};

extern struct cmma_vm *vm; /* the machine behind */
extern struct kvm_run *run_area;

struct region *region_at(uint64_t address);
int host_has(const char *word);
_Noreturn void standin_refuses(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* standin_guest.c: KVM_RUN; 0 or a negative errno */
int standin_run(void);

#endif
