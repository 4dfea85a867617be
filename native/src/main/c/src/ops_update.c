/* Optimiser steps and learning-rate rules. */
#include <math.h>

#include "call.h"
#include "check.h"
#include "update.h"

static const double PI = 3.14159265358979323846;

void rp_check_update(struct rp_check_state *c) {
    /* moments of each rule */
    static const int moments[RP_RULES] = {0, 1, 1, 2, 1, 1, 2};
    const int64_t n = extent(c, 10), rule = c->w[13];
    range(c, 11, 0, RP_RULES - 1);
    if (c->bad) {
        return;
    }
    tensor(c, 0, n);
    tensors(c, 3, 5, n);
    for (int k = 0; k < moments[rule]; k++) {
        tensor(c, 1 + k, n);
        tensor(c, 5 + k, n);
    }
    tensors(c, 7, 9, 1);
    if (rule == RP_ADAM) {
        tensor(c, 9, 1);
    }
}

typedef struct {
    const rp_update_kernels *k;
    rp_update u;
    rp_moments m;
} update_call;

TASK(update) {
    const update_call *c = argument;
    c->k->update(&c->u, &c->m, from, to);
}

int32_t rp_run_update(struct rp_call *c, rp_message m) {
    (void)m;
    const int64_t *w = c->w;
    update_call a = {.k = c->k->update,
                     .u = {.rule = (int)w[11], .rate = F(7)[0], .factor = F(8)[0]},
                     .m = {F(0), MAYBE(1), MAYBE(2), F(3), F(4), MAYBE(5), MAYBE(6)}};
    a.u.a = (float)rp_f64(w[12]);
    a.u.b = (float)rp_f64(w[13]);
    a.u.eps = (float)rp_f64(w[14]);
    a.u.decay = (float)rp_f64(w[15]);
    if (a.u.rule == RP_ADAM) {
        const double t = (double)I(9)[0] + 1;
        a.u.inv1 = (float)(1 / (1 - pow(rp_f64(w[12]), t)));
        a.u.inv2 = (float)(1 / (1 - pow(rp_f64(w[13]), t)));
    }
    rp_parallel(c->session, update, &a, w[10], RP_BLOCK);
    return RP_OK;
}

void rp_check_adafactor(struct rp_check_state *c) {
    const int64_t batches = extent(c, 10), rows = extent(c, 11), columns = extent(c, 12);
    const int64_t n = times(c, batches, times(c, rows, columns));
    const int factored = c->w[2 + 2] != -1;
    tensor(c, 0, n);
    tensors(c, 3, 5, n);
    tensors(c, 7, 10, 1);
    range(c, 18, 0, 1);
    tensor(c, 1, factored ? times(c, batches, rows) : n);
    tensor(c, 5, factored ? times(c, batches, rows) : n);
    if (factored) {
        tensor(c, 2, times(c, batches, columns));
        tensor(c, 6, times(c, batches, columns));
    } else if (batches != 1 || rows != 1) {
        fail(c, 11, "one row where moments are not factored");
    }
    scratch(c, factored ? times(c, batches, rows) : n / RP_BLOCK + 1);
}

typedef struct {
    void (*task)(const rp_adafactor *a, int64_t from, int64_t to);
    rp_adafactor a;
} adafactor_call;

TASK(adafactor) {
    const adafactor_call *c = argument;
    c->task(&c->a, from, to);
}

static double total(const float *x, int64_t n) {
    double sum = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += (double)x[i];
    }
    return sum;
}

int32_t rp_run_adafactor(struct rp_call *c, rp_message m) {
    (void)m;
    const int64_t *w = c->w;
    rp_session *s = c->session;
    const rp_update_kernels *k = c->k->update;
    const int64_t batches = w[10], rows = w[11], columns = w[12], size = rows * columns;
    const int factored = w[2] >= 0;
    const double n = (double)(batches * size), rate = (double)F(7)[0];
    const double rms = sqrt(c->k->sum_squares(F(3), batches * size) / n);
    adafactor_call a = {.a = {.rows = rows, .columns = columns, .factor = F(8)[0],
                              .eps1 = (float)rp_f64(w[13])}};
    a.a.b = (float)(1 - pow((double)I(9)[0] + 1, -rp_f64(w[16])));
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t b = 0; b < batches; b++) {
            a.a.p2 = F(0) + b * size;
            a.a.p = F(3) + b * size;
            a.a.g = F(4) + b * size;
            a.a.r2 = F(1) + b * (factored ? rows : size);
            a.a.r = F(5) + b * (factored ? rows : size);
            a.a.c2 = factored ? F(2) + b * columns : (float *)0;
            a.a.c = factored ? F(6) + b * columns : (float *)0;
            a.a.sum = s->work + b * rows;
            if (pass == 0 && !factored) {
                a.task = k->factor_vector;
                rp_parallel(s, adafactor, &a, (columns + RP_BLOCK - 1) / RP_BLOCK, 1);
            } else if (pass == 0) {
                a.task = k->factor_rows;
                rp_parallel(s, adafactor, &a, rows, 16);
                a.task = k->factor_columns;
                rp_parallel(s, adafactor, &a, columns, 64);
                a.a.mean = (float)(total(a.a.r2, rows) / (double)rows);
                a.task = k->factor_sums;
                rp_parallel(s, adafactor, &a, rows, 16);
            } else {
                if (factored) {
                    a.a.mean = (float)(total(a.a.r2, rows) / (double)rows);
                }
                a.task = k->factor_apply;
                rp_parallel(s, adafactor, &a, factored ? rows : columns, factored ? 16 : RP_BLOCK);
            }
        }
        if (pass == 0) {
            /* sizes follow once the root mean square of all of u is known */
            const double sum =
                total(s->work, factored ? batches * rows : (columns + RP_BLOCK - 1) / RP_BLOCK);
            const double over = sqrt(sum / n) / rp_f64(w[15]);
            const double eps2 = rp_f64(w[14]);
            const double step = w[18] ? rate * (rms > eps2 ? rms : eps2) : rate;
            a.a.size = (float)(step / (over > 1 ? over : 1));
            a.a.decay = (float)(rate * rp_f64(w[17]));
        }
    }
    return RP_OK;
}

void rp_check_rate_decay(struct rp_check_state *c) {
    tensors(c, 0, 2, 1);
    range(c, 2, 0, 3);
    range(c, 3, 0, INT32_MAX);
    extent(c, 4);
    if (!c->bad && !(rp_f64(c->w[9]) > 0 && (c->w[4] != 2 || rp_f64(c->w[9]) >= 1))) {
        fail(c, 7, "a factor above 0, for restarts 1 or more");
    }
}

int32_t rp_run_rate_decay(struct rp_call *c, rp_message m) {
    (void)m;
    const int64_t *w = c->w;
    const double step = (double)I(1)[0], warmup = (double)w[3], period = (double)w[4];
    const double peak = rp_f64(w[5]), low = rp_f64(w[6]), factor = rp_f64(w[7]);
    double rate, after = step - warmup, length = period;
    if (step < warmup) {
        const double share = (step + 1) / warmup, start = peak / factor;
        rate = w[2] == 3 ? start + (peak - start) * (1 - cos(PI * share)) / 2 : peak * share;
    } else if (w[2] == 0) {
        rate = fmax(low, peak * pow(factor, floor(after / period)));
    } else if (w[2] == 1) {
        rate = fmax(low, peak * sqrt(period / fmax(period, step + 1)));
    } else if (w[2] == 2) {
        /* a factor close to 1 makes no more rounds than there are steps */
        while (after >= length && factor > 1) {
            after -= length;
            length *= factor;
        }
        rate = low + (peak - low) * (1 + cos(PI * (fmod(after, length) / length))) / 2;
    } else {
        rate = low + (peak - low) * (1 + cos(PI * fmin(1, after / period))) / 2;
    }
    F(0)[0] = (float)rate;
    return RP_OK;
}
