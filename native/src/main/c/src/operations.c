/* The operations that stand in files of their own, by opcode. */
#include "operation.h"

#define RP_OPERATION(name)                                                                         \
    void rp_check_##name(struct rp_check_state *c);                                                \
    int32_t rp_run_##name(struct rp_call *c, rp_message m);

/* fused: ops_fused.c */

/* convolution and batch normalisation: ops_conv.c */

/* attention of all kinds, experts: ops_attend.c */

/* orderings, linear algebra, low precision, further optimisers */

const rp_operation rp_operations[RP_OPCODES] = {
    [RP_FILL_F32] = {0},

    /* fused */

    /* convolution and batch normalisation */

    /* attention of all kinds, experts */

    /* orderings, linear algebra, low precision, further optimisers */
};
