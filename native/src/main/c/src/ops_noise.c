/* Random changes by counter, smoothed cross-entropy, and the check for values that are not finite. */
#include <math.h>
#include <string.h>

#include "call.h"
#include "check.h"

static double unit(uint32_t word) { return (double)(word >> 8) * 0x1p-24; }

static void draw(const call *c, int64_t block, uint32_t out[4]) {
    const rp_config *g = &c->session->config;
    rp_philox((uint64_t)g->seed, (uint32_t)block, (uint32_t)I(2)[0], (uint32_t)c->w[4],
              (uint32_t)g->run, out);
}

void rp_check_dropout(struct rp_check_state *c) {
    const int64_t n = extent(c, 3);
    tensors(c, 0, 2, n);
    tensor(c, 2, 1);
    range(c, 4, 0, INT32_MAX);
    apart(c, 0, n, 2, 1);
    if (!c->bad && !(rp_f64(c->w[7]) >= 0 && rp_f64(c->w[7]) < 1)) {
        fail(c, 5, "a rate in [0, 1)");
    }
}

TASK(dropout) {
    CALL;
    const double rate = rp_f64(c->w[5]);
    const uint32_t bound = (uint32_t)ceil(rate * 0x1p24); /* u < rate for 24-bit u */
    const float scale = (float)(1 / (1 - rate));
    for (int64_t i = from; i < to; i += 4) {
        uint32_t word[4];
        draw(c, i / 4, word);
        for (int64_t j = i; j < i + 4 && j < to; j++) {
            F(0)[j] = word[j - i] >> 8 < bound ? 0.0f : F(1)[j] * scale;
        }
    }
}

int32_t rp_run_dropout(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, dropout, c, c->w[3], 2048);
    return RP_OK;
}

void rp_check_label_noise(struct rp_check_state *c) {
    const int64_t n = extent(c, 3);
    tensors(c, 0, 2, n);
    tensor(c, 2, 1);
    range(c, 4, 0, INT32_MAX);
    range(c, 5, 1, INT32_MAX);
    apart(c, 0, n, 2, 1);
}

int32_t rp_run_label_noise(struct rp_call *c, rp_message m) {
    (void)m;
    const double rate = rp_f64(c->w[6]);
    for (int64_t i = 0; i < c->w[3]; i++) {
        uint32_t word[4];
        draw(c, i, word);
        I(0)[i] = unit(word[0]) < rate ? (int32_t)((uint64_t)word[1] * (uint64_t)c->w[5] >> 32)
                                       : I(1)[i];
    }
    return RP_OK;
}

static void smoothed(check *c, int grad) {
    const int first = 4 + grad;
    const int64_t rows = extent(c, first), classes = extent(c, first + 1);
    const int64_t n = times(c, rows, classes);
    range(c, first + 3, INT32_MIN, INT32_MAX);
    if (grad) {
        tensors(c, 0, 2, n);
        tensors(c, 2, 5, rows);
        apart(c, 0, n, 2, rows);
        apart(c, 0, n, 3, rows);
        apart(c, 0, n, 4, rows);
    } else {
        tensors(c, 0, 2, rows);
        tensor(c, 2, n);
        tensor(c, 3, rows);
        apart(c, 0, rows, 3, rows);
        apart(c, 1, rows, 3, rows);
        apart(c, 0, rows, 2, n);
        apart(c, 1, rows, 2, n);
    }
}

static int32_t targets(const call *c, int operand, int64_t rows, int64_t classes, int64_t ignored,
                       rp_message m) {
    const int32_t *index = I(operand);
    for (int64_t i = 0; i < rows; i++) {
        if (index[i] != ignored && (index[i] < 0 || index[i] >= classes)) {
            return rp_fail(m, "%s: index %d at position %lld is outside the table of %lld rows",
                           rp_opcode_name(c->w[-2]), index[i], (long long)i, (long long)classes);
        }
    }
    return RP_OK;
}

void rp_check_smoothed(struct rp_check_state *c) { smoothed(c, 0); }
void rp_check_smoothed_grad(struct rp_check_state *c) { smoothed(c, 1); }

TASK(rows) {
    CALL;
    const int64_t classes = c->w[5];
    const float s = (float)rp_f64(c->w[6]);
    for (int64_t r = from; r < to; r++) {
        const int32_t target = I(3)[r], own = target == c->w[7] ? 0 : target;
        const float *x = F(2) + r * classes;
        c->k->cross_entropy(F(0) + r, F(1) + r, x, &own, classes, 0, 1);
        if (target == c->w[7]) {
            F(0)[r] = 0;
        } else if (s != 0) {
            float mean;
            c->k->reduce(RP_MEAN, &mean, x, 1, classes, 1);
            F(0)[r] += s * (x[own] - mean);
        }
    }
}

int32_t rp_run_smoothed(struct rp_call *c, rp_message m) {
    if (targets(c, 3, c->w[4], c->w[5], c->w[7], m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, rows, c, c->w[4], 16);
    return RP_OK;
}

TASK(row_gradients) {
    CALL;
    const int64_t classes = c->w[6];
    const float s = (float)rp_f64(c->w[7]);
    for (int64_t r = from; r < to; r++) {
        const int32_t target = I(2)[r];
        const float w = F(4)[r];
        float *dx = F(0) + r * classes;
        if (target == c->w[8]) {
            memset(dx, 0, (size_t)classes * 4);
            continue;
        }
        c->k->cross_entropy_grad(dx, F(1) + r * classes, &target, F(3) + r, &w, classes, 0, 1);
        if (s != 0) {
            c->k->affine(dx, dx, 1, -s / (float)classes * w, 0, classes);
            dx[target] += s * w;
        }
    }
}

int32_t rp_run_smoothed_grad(struct rp_call *c, rp_message m) {
    if (targets(c, 2, c->w[5], c->w[6], c->w[8], m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, row_gradients, c, c->w[5], 16);
    return RP_OK;
}

void rp_check_finite(struct rp_check_state *c) {
    tensor(c, 0, extent(c, 1));
    range(c, 2, 0, INT32_MAX);
}

/* The first value that is not finite stops the run; Java adds the node by its number. */
int32_t rp_run_finite(struct rp_call *c, rp_message m) {
    for (int64_t i = 0; i < c->w[1]; i++) {
        const float x = F(0)[i];
        if (!isfinite(x)) {
            return rp_fail(m, "value %lld: element %lld is %s", (long long)c->w[2], (long long)i,
                           isnan(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity");
        }
    }
    return RP_OK;
}
