/* Attention over separate operands and rotary positions: checks and runs. */
#include "call.h"
#include "check.h"
#include "operation.h"

/* Extents from operand first on: batch, tq, tk, heads, groups, width, causal. */
static void multi_head(check *c, int first, int grad) {
    const int64_t batch = extent(c, first), tq = extent(c, first + 1), tk = extent(c, first + 2);
    const int64_t heads = extent(c, first + 3), groups = extent(c, first + 4);
    const int64_t width = extent(c, first + 5);
    range(c, first + 6, 0, 1);
    if (heads % groups != 0) {
        fail(c, first + 4, "a divisor of the heads");
    }
    const int64_t rows = times(c, times(c, batch, tq), heads);
    const int64_t q = times(c, rows, width);
    const int64_t k = times(c, times(c, batch, tk), times(c, groups, width));
    if (grad) {
        tensor(c, 0, q);
        tensors(c, 1, 3, k);
        tensor(c, 3, q);
        tensors(c, 4, 6, k);
        tensor(c, 6, q);
        tensor(c, 7, rows);
        tensor(c, 8, q);
        optional(c, 9, batch);
    } else {
        tensor(c, 0, q);
        tensor(c, 1, rows);
        tensor(c, 2, q);
        tensors(c, 3, 5, k);
        optional(c, 5, batch);
    }
    scratch(c, rp_attention_work(tk, width));
}

void rp_check_multi_head(check *c) { multi_head(c, 6, 0); }
void rp_check_multi_head_grad(check *c) { multi_head(c, 10, 1); }

/* An instruction's kernel and its operands, for the threads that share it. */
typedef struct {
    const rp_kernels *k;
    rp_multi_head a;
} heads_task;

TASK(forward) {
    const heads_task *t = argument;
    t->k->multi_head(&t->a, work, from, to);
}
TASK(backward) {
    const heads_task *t = argument;
    t->k->multi_head_grad(&t->a, work, from, to);
}

static int32_t lengths(const call *c, const rp_multi_head *a, rp_message m) {
    for (int64_t b = 0; a->lengths && b < a->batch; b++) {
        if (a->lengths[b] < 0 || a->lengths[b] > a->tk) {
            return rp_fail(m, "%s: length %d of row %lld is not within 0..%lld keys",
                           rp_opcode_name(c->w[-2]), a->lengths[b], (long long)b,
                           (long long)a->tk);
        }
    }
    return RP_OK;
}

int32_t rp_run_multi_head(call *c, rp_message m) {
    const int64_t *w = c->w;
    const heads_task t = {.k = c->k,
                          .a = {.y = F(0), .lse = F(1), .q = F(2), .k = F(3), .v = F(4),
                                .lengths = w[5] < 0 ? (int32_t *)0 : I(5), .batch = w[6],
                                .tq = w[7], .tk = w[8], .heads = w[9], .groups = w[10],
                                .width = w[11], .causal = (int)w[12]}};
    if (lengths(c, &t.a, m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, forward, &t, w[6] * w[9], 1);
    return RP_OK;
}

int32_t rp_run_multi_head_grad(call *c, rp_message m) {
    const int64_t *w = c->w;
    const heads_task t = {.k = c->k,
                          .a = {.dq = F(0), .dk = F(1), .dv = F(2), .q = F(3), .k = F(4),
                                .v = F(5), .y = F(6), .lse = F(7), .dy = F(8),
                                .lengths = w[9] < 0 ? (int32_t *)0 : I(9), .batch = w[10],
                                .tq = w[11], .tk = w[12], .heads = w[13], .groups = w[14],
                                .width = w[15], .causal = (int)w[16]}};
    if (lengths(c, &t.a, m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, backward, &t, w[10] * w[14], 1);
    return RP_OK;
}

void rp_check_rotary_embedding(check *c) {
    const int64_t batch = extent(c, 3), rows = times(c, batch, extent(c, 4));
    const int64_t width = extent(c, 6), rotated = extent(c, 7);
    tensors(c, 0, 2, times(c, rows, times(c, extent(c, 5), width)));
    optional(c, 2, batch);
    if (rotated % 2 != 0 || rotated > width) {
        fail(c, 7, "an even number of components of the head width");
    }
    range(c, 9, 0, 1);
    range(c, 10, 0, INT32_MAX);
    range(c, 11, 0, 1);
    scratch(c, rotated);
}

typedef struct {
    const rp_kernels *k;
    rp_rotation r;
} rotary_task;

TASK(rotate) {
    const rotary_task *t = argument;
    t->k->rotate(&t->r, work, from, to);
}

int32_t rp_run_rotary_embedding(call *c, rp_message m) {
    (void)m;
    const int64_t *w = c->w;
    const rotary_task t = {.k = c->k,
                           .r = {.y = F(0), .x = F(1),
                                 .start = w[2] < 0 ? (int32_t *)0 : I(2), .batch = w[3],
                                 .time = w[4], .heads = w[5], .width = w[6], .rotated = w[7],
                                 .base = rp_f64(w[8]), .interleaved = (int)w[9],
                                 .offset = w[10], .inverse = (int)w[11]}};
    rp_parallel(c->session, rotate, &t, w[4], 4);
    return RP_OK;
}
