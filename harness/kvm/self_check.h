/* SPDX-License-Identifier: MIT */
/* Vectors as data: written by `./cmma generate --self-checking`, read by self_check.c. */
#ifndef CMMA_KVM_SELF_CHECK_H
#define CMMA_KVM_SELF_CHECK_H

#include <stddef.h>

struct step {
    const char *operation;       /* as in the protocol */
    const char *const *expected; /* results as in the protocol, of which one must come back, then NULL; NULL: any may */
};

struct vector {
    const char *id;
    const char *needs; /* capabilities of the host, separated by spaces */
    size_t steps_count;
    const struct step *steps;
};

extern const char *const vectors_profile; /* whose answers are expected */
extern const struct vector vectors[];
extern const size_t vectors_count;

#endif
