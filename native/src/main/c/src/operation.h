/*
 * An operation in one place: its name, the number of its words (0: as GLOBAL_NORM counts them), the
 * check of its operands when a program is opened, and its run. A family of operations has a file of
 * its own, ops_<family>.c, with one line for each operation in operations.c. (The first operations
 * stand in the switches of check.c and execute.c.)
 */
#ifndef RP_OPERATION_H
#define RP_OPERATION_H

#include "program.h"

struct rp_check_state;
struct rp_call;

typedef struct {
    const char *name;
    int words; /* opcode and count included */
    void (*check)(struct rp_check_state *c);
    int32_t (*run)(struct rp_call *c, rp_message m);
} rp_operation;

extern const rp_operation rp_operations[RP_OPCODES];

#endif
