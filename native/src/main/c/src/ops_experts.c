/* Mixtures of experts: routing, moving rows to slots and back, products of each expert's rows. */
#include <string.h>

#include "call.h"
#include "check.h"
#include "operation.h"

void rp_check_route(check *c) {
    const int64_t n = extent(c, 4), experts = extent(c, 5), k = extent(c, 6);
    tensors(c, 0, 2, times(c, n, k));
    tensor(c, 2, experts);
    tensor(c, 3, times(c, n, experts));
    if (k > experts) {
        fail(c, 6, "at most all experts");
    }
    times(c, experts, extent(c, 7));
    apart(c, 0, times(c, n, k), 3, times(c, n, experts));
    apart(c, 1, times(c, n, k), 0, times(c, n, k));
    apart(c, 2, experts, 0, times(c, n, k));
}

int32_t rp_run_route(call *c, rp_message m) {
    (void)m;
    const int64_t n = c->w[4], experts = c->w[5], k = c->w[6], capacity = c->w[7];
    memset(I(2), 0, (size_t)experts * 4);
    for (int64_t j = 0; j < k; j++) {
        for (int64_t t = 0; t < n; t++) {
            const float *p = F(3) + t * experts;
            int32_t *chosen = I(0) + t * k;
            int64_t best = -1;
            for (int64_t e = 0; e < experts; e++) {
                int taken = 0;
                for (int64_t i = 0; i < j; i++) {
                    taken |= chosen[i] == e;
                }
                if (!taken && (best < 0 || p[e] > p[best])) {
                    best = e;
                }
            }
            best = best < 0 ? 0 : best;
            chosen[j] = (int32_t)best;
            const int64_t at = I(2)[best]++;
            I(1)[t * k + j] = at < capacity ? (int32_t)(best * capacity + at) : -1;
        }
    }
    return RP_OK;
}

/* o gates, o probabilities, o expert, i n, i experts, i k; the derivative has them in turn. */
static void pick(check *c, int wide, int narrow) {
    const int64_t n = extent(c, 3), choices = times(c, n, extent(c, 5));
    tensor(c, narrow, choices);
    tensor(c, wide, times(c, n, extent(c, 4)));
    tensor(c, 2, choices);
    apart(c, 0, narrow == 0 ? choices : times(c, n, extent(c, 4)), 2, choices);
}

void rp_check_pick(check *c) { pick(c, 1, 0); }
void rp_check_pick_grad(check *c) { pick(c, 0, 1); }

int32_t rp_run_pick(call *c, rp_message m) {
    const int64_t n = c->w[3], experts = c->w[4], k = c->w[5];
    if (indices(c, 2, n * k, experts, m)) {
        return RP_ERROR;
    }
    for (int64_t i = 0; i < n * k; i++) {
        F(0)[i] = F(1)[i / k * experts + I(2)[i]];
    }
    return RP_OK;
}

int32_t rp_run_pick_grad(call *c, rp_message m) {
    const int64_t n = c->w[3], experts = c->w[4], k = c->w[5];
    if (indices(c, 2, n * k, experts, m)) {
        return RP_ERROR;
    }
    memset(F(0), 0, (size_t)(n * experts) * 4);
    for (int64_t i = 0; i < n * k; i++) {
        F(0)[i / k * experts + I(2)[i]] += F(1)[i];
    }
    return RP_OK;
}

static int32_t slots_inside(const call *c, int operand, int64_t n, int64_t slots, rp_message m) {
    for (int64_t i = 0; i < n; i++) {
        if (I(operand)[i] < -1 || I(operand)[i] >= slots) {
            return rp_fail(m, "%s: slot %d at position %lld is outside the %lld slots",
                           rp_opcode_name(c->w[-2]), I(operand)[i], (long long)i,
                           (long long)slots);
        }
    }
    return RP_OK;
}

/* o y, o x, o slot, o? gates, i n, i k, i slots, i d */
static void moved(check *c, int to_slots) {
    const int64_t n = extent(c, 4), choices = times(c, n, extent(c, 5));
    const int64_t d = extent(c, 7), wide = times(c, extent(c, 6), d);
    tensor(c, to_slots ? 0 : 1, wide);
    tensor(c, to_slots ? 1 : 0, times(c, n, d));
    tensor(c, 2, choices);
    optional(c, 3, choices);
    apart(c, 0, to_slots ? wide : times(c, n, d), 2, choices);
}

void rp_check_dispatch(check *c) { moved(c, 1); }
void rp_check_combine(check *c) { moved(c, 0); }

int32_t rp_run_dispatch(call *c, rp_message m) {
    const int64_t k = c->w[5], d = c->w[7], choices = c->w[4] * k;
    if (slots_inside(c, 2, choices, c->w[6], m)) {
        return RP_ERROR;
    }
    memset(F(0), 0, (size_t)(c->w[6] * d) * 4);
    for (int64_t i = 0; i < choices; i++) {
        const float gate = c->w[3] < 0 ? 1.0f : F(3)[i];
        if (I(2)[i] >= 0) {
            float *y = F(0) + I(2)[i] * d;
            const float *x = F(1) + i / k * d;
            for (int64_t j = 0; j < d; j++) {
                y[j] += gate * x[j];
            }
        }
    }
    return RP_OK;
}

TASK(combine) {
    CALL;
    const int64_t k = c->w[5], d = c->w[7];
    for (int64_t t = from; t < to; t++) {
        float *y = F(0) + t * d;
        memset(y, 0, (size_t)d * 4);
        for (int64_t i = t * k; i < (t + 1) * k; i++) {
            const float gate = c->w[3] < 0 ? 1.0f : F(3)[i];
            const float *x = F(1) + I(2)[i] * d;
            for (int64_t j = 0; j < d && I(2)[i] >= 0; j++) {
                y[j] += gate * x[j];
            }
        }
    }
}

int32_t rp_run_combine(call *c, rp_message m) {
    if (slots_inside(c, 2, c->w[4] * c->w[5], c->w[6], m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, combine, c, c->w[4], 64);
    return RP_OK;
}

/* o out, o x, o y, o slot, i n, i k, i slots, i d */
void rp_check_slot_dots(check *c) {
    const int64_t n = extent(c, 4), choices = times(c, n, extent(c, 5)), d = extent(c, 7);
    tensor(c, 0, choices);
    tensor(c, 1, times(c, n, d));
    tensor(c, 2, times(c, extent(c, 6), d));
    tensor(c, 3, choices);
    apart(c, 0, choices, 3, choices);
}

int32_t rp_run_slot_dots(call *c, rp_message m) {
    const int64_t k = c->w[5], d = c->w[7], choices = c->w[4] * k;
    if (slots_inside(c, 3, choices, c->w[6], m)) {
        return RP_ERROR;
    }
    for (int64_t i = 0; i < choices; i++) {
        float sum = 0;
        for (int64_t j = 0; j < d && I(3)[i] >= 0; j++) {
            sum += F(1)[i / k * d + j] * F(2)[I(3)[i] * d + j];
        }
        F(0)[i] = sum;
    }
    return RP_OK;
}

/* o y, o x, o w, o counts, i experts, i capacity, i n, i k, i transposed */
void rp_check_grouped_mat_mul(check *c) {
    const int64_t experts = extent(c, 4), rows = times(c, experts, extent(c, 5));
    const int64_t n = extent(c, 6), k = extent(c, 7);
    tensor(c, 0, times(c, rows, n));
    tensor(c, 1, times(c, rows, k));
    tensor(c, 2, times(c, experts, times(c, n, k)));
    tensor(c, 3, experts);
    range(c, 8, 0, 1);
    scratch(c, rp_gemm_work(c->w[5 + 2], n, k));
}

static int64_t rows_of(const call *c, int64_t e) {
    const int64_t n = I(3)[e];
    return n < 0 ? 0 : n < c->w[5] ? n : c->w[5];
}

TASK(grouped) {
    CALL;
    const int64_t capacity = c->w[5], n = c->w[6], k = c->w[7];
    for (int64_t e = from; e < to; e++) {
        const int64_t rows = rows_of(c, e);
        float *y = F(0) + e * capacity * n;
        if (rows > 0) {
            rp_gemm g = {.m = rows, .n = n, .k = k, .a = F(1) + e * capacity * k, .ra = k,
                         .ca = 1, .b = F(2) + e * n * k, .rb = c->w[8] ? 1 : n,
                         .cb = c->w[8] ? k : 1, .c = y, .rc = n};
            c->k->gemm(&g, work);
        }
        memset(y + rows * n, 0, (size_t)((capacity - rows) * n) * 4);
    }
}

int32_t rp_run_grouped_mat_mul(call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, grouped, c, c->w[4], 1);
    return RP_OK;
}

/* o y, o a, o b, o counts, i experts, i capacity, i n, i k */
void rp_check_grouped_outer(check *c) {
    const int64_t experts = extent(c, 4), rows = times(c, experts, extent(c, 5));
    const int64_t n = extent(c, 6), k = extent(c, 7);
    tensor(c, 0, times(c, experts, times(c, n, k)));
    tensor(c, 1, times(c, rows, k));
    tensor(c, 2, times(c, rows, n));
    tensor(c, 3, experts);
    scratch(c, rp_gemm_work(k, n, c->w[5 + 2]));
}

TASK(outer) {
    CALL;
    const int64_t capacity = c->w[5], n = c->w[6], k = c->w[7];
    for (int64_t e = from; e < to; e++) {
        const int64_t rows = rows_of(c, e);
        float *y = F(0) + e * n * k;
        if (rows > 0) {
            rp_gemm g = {.m = k, .n = n, .k = rows, .a = F(1) + e * capacity * k, .ra = 1,
                         .ca = k, .b = F(2) + e * capacity * n, .rb = n, .cb = 1, .c = y,
                         .rc = n};
            c->k->gemm(&g, work);
        } else {
            memset(y, 0, (size_t)(n * k) * 4);
        }
    }
}

int32_t rp_run_grouped_outer(call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, outer, c, c->w[4], 1);
    return RP_OK;
}
