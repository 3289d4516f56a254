/* SPDX-License-Identifier: MIT */
/* Libraries that misbehave, made of the example: -DSEGFAULT, -DKEEPS_STATE, -DNO_VM, -DLACKS_A_FUNCTION, -DHANGS. */
#ifdef SEGFAULT
#define cmma_essa good_essa
#endif
#ifdef HANGS
#define cmma_essa good_essa
#endif
#ifdef LACKS_A_FUNCTION
#define cmma_evict somewhere_else
#endif
#if defined(KEEPS_STATE) || defined(NO_VM)
#define cmma_new_vm good_new_vm
#define cmma_free_vm good_free_vm
#endif

#include "cmma_impl.c"

#undef cmma_essa
#undef cmma_new_vm
#undef cmma_free_vm

#if defined(SEGFAULT) || defined(HANGS)
int32_t cmma_essa(struct cmma_vm *vm, uint64_t gfn, uint32_t orc, uint64_t *r1);
int32_t cmma_essa(struct cmma_vm *vm, uint64_t gfn, uint32_t orc, uint64_t *r1)
{
#ifdef SEGFAULT
    if (gfn == 0x33)
        return *(volatile int *)8;
#else
    while (gfn == 0x33)
        ;
#endif
    return good_essa(vm, gfn, orc, r1);
}
#endif

#ifdef KEEPS_STATE
static struct cmma_vm *the_only_one;

struct cmma_vm *cmma_new_vm(int32_t host_has_cmma);
struct cmma_vm *cmma_new_vm(int32_t host_has_cmma)
{
    return the_only_one ? the_only_one : (the_only_one = good_new_vm(host_has_cmma));
}

void cmma_free_vm(struct cmma_vm *vm);
void cmma_free_vm(struct cmma_vm *vm)
{
    (void)vm;
}
#endif

#ifdef NO_VM
struct cmma_vm *cmma_new_vm(int32_t host_has_cmma);
struct cmma_vm *cmma_new_vm(int32_t host_has_cmma)
{
    (void)host_has_cmma;
    return NULL;
}

void cmma_free_vm(struct cmma_vm *vm);
void cmma_free_vm(struct cmma_vm *vm)
{
    (void)vm;
}
#endif
