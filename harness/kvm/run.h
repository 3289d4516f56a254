/* SPDX-License-Identifier: MIT */
/* A run of operations on a new VM, in a process of its own. */
#ifndef CMMA_KVM_RUN_H
#define CMMA_KVM_RUN_H

#include "cmma_kvm.h"

#include <stdio.h>

#define RUN_SECONDS 60 /* then a run is ended */
#define RUN_TRIES 3    /* of a run that the host may have disturbed */

/* Writes what came of operation i. It runs in the run's process: what it keeps in variables is gone afterwards. */
typedef void report(FILE *output, size_t i, const struct operation *operation, const struct result *result);

struct outcome {
    char *text;       /* what the reports wrote, up to the end or to where the run broke off */
    char reason[256]; /* why it broke off; empty if it did not */
};

/* The caller frees outcome->text. */
void run_operations(const struct host *host, const struct operation *operations, size_t count, report *report, struct outcome *outcome);

#endif
