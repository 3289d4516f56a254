/* SPDX-License-Identifier: MIT */
/* Operations and results as the protocol writes them. */
#ifndef CMMA_KVM_TEXT_H
#define CMMA_KVM_TEXT_H

#include "cmma_kvm.h"

#include <stdio.h>

/* The operation that begins at json; operation->values is for the caller to free. */
void read_operation(const char *json, struct operation *operation);
/* with_memory: of get and set also the caller's memory as it lies there after the call */
void write_result(FILE *output, const struct operation *operation, const struct result *result, int with_memory);

/* Bytes such as "00 41*15", up to the end or a quotation mark; returns how many. */
uint64_t read_runs(const char *text, uint8_t *bytes, uint64_t room);

#endif
