/* Convolution, pooling and batch normalisation: checks and runs. */
#include <math.h>

#include "batchnorm.h"
#include "call.h"
#include "check.h"
#include "conv.h"
#include "operation.h"
#include "pool.h"

#define MOST 32767 /* stride, padding, dilation */

static int64_t span(int64_t n, int64_t p, int64_t k, int64_t d, int64_t s) {
    return (n + 2 * p - (k - 1) * d - 1) / s + 1;
}

static rp_conv extents(const int64_t *w) {
    rp_conv g = {.images = w[0], .height = w[1], .width = w[2], .channels = w[3], .ky = w[4],
                 .kx = w[5], .out = w[6], .groups = w[7], .sy = w[8], .sx = w[9], .py = w[10],
                 .px = w[11], .dy = w[12], .dx = w[13]};
    g.oh = span(g.height, g.py, g.ky, g.dy, g.sy);
    g.ow = span(g.width, g.px, g.kx, g.dx, g.sx);
    return g;
}

/* The 14 extents from operand 3 on; false where something is wrong. */
static int convolution(check *c, rp_conv *g) {
    for (int i = 3; i < 11; i++) {
        extent(c, i);
    }
    for (int i = 11; i < 17; i++) {
        range(c, i, i == 13 || i == 14 ? 0 : 1, MOST);
    }
    if (c->bad) {
        return 0;
    }
    const int64_t *w = c->w + 5;
    if (w[4] > RP_CONV_TAPS || w[5] > RP_CONV_TAPS || w[4] * w[5] > RP_CONV_TAPS) {
        fail(c, 7, "a kernel of at most 1024 taps");
    } else if (w[3] % w[7] != 0 || w[6] % w[7] != 0) {
        fail(c, 10, "a divisor of the channels in and out");
    } else if (w[1] + 2 * w[10] < (w[4] - 1) * w[12] + 1 ||
               w[2] + 2 * w[11] < (w[5] - 1) * w[13] + 1) {
        fail(c, 7, "a kernel that fits the padded image");
    }
    if (c->bad) {
        return 0;
    }
    *g = extents(w);
    return 1;
}

static int64_t inputs(check *c, const rp_conv *g) {
    return times(c, times(c, g->images, times(c, g->height, g->width)), g->channels);
}
static int64_t outputs(check *c, const rp_conv *g) {
    return times(c, times(c, g->images, times(c, g->oh, g->ow)), g->out);
}
static int64_t weights(check *c, const rp_conv *g) {
    return times(c, times(c, g->ky * g->kx, g->channels / g->groups), g->out);
}

/* A band of lines and weights packed with at most 16 more columns a group. */
static void conv_scratch(check *c, const rp_conv *g, int64_t line, int64_t packed) {
    const int64_t lines = times(c, line, (g->ky - 1) * g->dy + 4);
    scratch(c, packed + (lines > RP_CONV_BAND ? lines : RP_CONV_BAND) + line + 64);
}
static int64_t packed(check *c, const rp_conv *g, int64_t inner, int64_t width) {
    return times(c, times(c, g->ky * g->kx * g->groups, inner), width + 16);
}

void rp_check_conv(check *c) {
    rp_conv g;
    if (convolution(c, &g)) {
        tensor(c, 0, outputs(c, &g));
        tensor(c, 1, inputs(c, &g));
        tensor(c, 2, weights(c, &g));
        conv_scratch(c, &g, times(c, 2 * g.px + g.width + g.sx, g.channels),
                     packed(c, &g, g.channels / g.groups, g.out / g.groups));
    }
}

void rp_check_conv_input(check *c) {
    rp_conv g;
    if (convolution(c, &g)) {
        int64_t left, right;
        rp_conv_margins(&g, &left, &right);
        tensor(c, 0, inputs(c, &g));
        tensor(c, 1, outputs(c, &g));
        tensor(c, 2, weights(c, &g));
        conv_scratch(c, &g, times(c, left + g.ow + right, g.out),
                     packed(c, &g, g.out / g.groups, g.channels / g.groups));
    }
}

void rp_check_conv_weight(check *c) {
    rp_conv g;
    if (convolution(c, &g)) {
        const int64_t size = weights(c, &g);
        tensor(c, 0, size);
        tensor(c, 1, inputs(c, &g));
        tensor(c, 2, outputs(c, &g));
        if (!c->bad) {
            conv_scratch(c, &g, times(c, 2 * g.px + g.width + g.sx, g.channels),
                         rp_conv_parts(&g) * size);
        }
    }
}

typedef struct {
    const call *c;
    rp_conv g;
    float *partial;
    int64_t parts, size;
} conv_task;

TASK(forward) {
    const conv_task *t = argument;
    const call *c = t->c;
    c->k->conv->forward(&t->g, F(0), F(1), F(2), work, from, to);
}
TASK(input) {
    const conv_task *t = argument;
    const call *c = t->c;
    c->k->conv->input(&t->g, F(0), F(1), F(2), work, from, to);
}
TASK(weight) {
    const conv_task *t = argument;
    const call *c = t->c;
    c->k->conv->weight(&t->g, t->partial, F(1), F(2), work + t->parts * t->size, from, to);
}
TASK(fold) {
    const conv_task *t = argument;
    const call *c = t->c;
    c->k->conv->fold(F(0), t->partial, t->parts, t->size, from, to);
}

int32_t rp_run_conv(call *c, rp_message m) {
    (void)m;
    const conv_task t = {.c = c, .g = extents(c->w + 3)};
    rp_parallel(c->session, forward, &t, t.g.images, 1);
    return RP_OK;
}
int32_t rp_run_conv_input(call *c, rp_message m) {
    (void)m;
    const conv_task t = {.c = c, .g = extents(c->w + 3)};
    rp_parallel(c->session, input, &t, t.g.images, 1);
    return RP_OK;
}
int32_t rp_run_conv_weight(call *c, rp_message m) {
    (void)m;
    conv_task t = {.c = c, .g = extents(c->w + 3), .partial = c->session->work};
    t.parts = rp_conv_parts(&t.g);
    t.size = t.g.ky * t.g.kx * (t.g.channels / t.g.groups) * t.g.out;
    rp_parallel(c->session, weight, &t, t.parts * rp_conv_slices(&t.g), 1);
    rp_parallel(c->session, fold, &t, t.size, 4096);
    return RP_OK;
}

static rp_pool2d windows(const int64_t *w) {
    rp_pool2d g = {.images = w[0], .height = w[1], .width = w[2], .channels = w[3], .ky = w[4],
                   .kx = w[5], .sy = w[6], .sx = w[7], .py = w[8], .px = w[9], .mean = (int)w[10]};
    g.oh = span(g.height, g.py, g.ky, 1, g.sy);
    g.ow = span(g.width, g.px, g.kx, 1, g.sx);
    return g;
}

static void pooling(check *c, int first, int input, int input2, int output, int output2) {
    for (int i = first; i < first + 6; i++) {
        extent(c, i);
    }
    range(c, first + 6, 1, MOST);
    range(c, first + 7, 1, MOST);
    range(c, first + 8, 0, MOST);
    range(c, first + 9, 0, MOST);
    range(c, first + 10, 0, 1);
    if (c->bad) {
        return;
    }
    const rp_pool2d g = windows(c->w + first + 2);
    if (g.py >= g.ky || g.px >= g.kx || g.ky > g.height + 2 * g.py || g.kx > g.width + 2 * g.px) {
        fail(c, first + 4, "a window larger than its padding that fits the padded image");
        return;
    }
    const int64_t rows = times(c, g.images, times(c, g.height, g.width));
    const int64_t size = times(c, rows, g.channels);
    const int64_t result = times(c, times(c, g.images, times(c, g.oh, g.ow)), g.channels);
    tensor(c, input, size);
    tensor(c, input2, size);
    tensor(c, output, result);
    tensor(c, output2, result);
}

void rp_check_pool(check *c) { pooling(c, 2, 1, 1, 0, 0); }
void rp_check_pool_grad(check *c) { pooling(c, 4, 0, 1, 2, 3); }

TASK(pool) {
    CALL;
    const rp_pool2d g = windows(c->w + 2);
    c->k->pooling->pool(&g, F(0), F(1), from, to);
}
TASK(pool_grad) {
    CALL;
    const rp_pool2d g = windows(c->w + 4);
    c->k->pooling->grad(&g, F(0), F(1), F(2), F(3), from, to);
}
int32_t rp_run_pool(call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, pool, c, c->w[2], 1);
    return RP_OK;
}
int32_t rp_run_pool_grad(call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, pool_grad, c, c->w[4], 1);
    return RP_OK;
}

/* Partial sums of all chunks, and up to six vectors of coefficients. */
static void bn_scratch(check *c, int64_t rows, int64_t channels) {
    scratch(c, times(c, 2 * rp_bn_chunks(rows, channels) + 6, channels));
}

void rp_check_batch_norm(check *c) {
    const int64_t rows = extent(c, 7), channels = extent(c, 8), n = times(c, rows, channels);
    tensor(c, 0, n);
    tensors(c, 1, 3, channels);
    tensor(c, 3, n);
    tensors(c, 4, 6, channels);
    optional(c, 6, n);
    range(c, 10, 0, 1);
    bn_scratch(c, rows, channels);
}

void rp_check_batch_norm_grad(check *c) {
    const int64_t rows = extent(c, 11), channels = extent(c, 12), n = times(c, rows, channels);
    tensor(c, 0, n);
    tensors(c, 1, 3, channels);
    optional(c, 3, n);
    tensor(c, 4, n);
    tensors(c, 5, 9, channels);
    tensor(c, 9, n);
    optional(c, 10, n);
    range(c, 14, 0, 1);
    bn_scratch(c, rows, channels);
}

typedef struct {
    const call *c;
    rp_batchnorm p;
    float *partial;
} bn_task;

TASK(moments) {
    const bn_task *t = argument;
    t->c->k->batchnorm->moments(&t->p, t->partial, from, to);
}
TASK(apply) {
    const bn_task *t = argument;
    t->c->k->batchnorm->apply(&t->p, from, to);
}
TASK(sums) {
    const bn_task *t = argument;
    t->c->k->batchnorm->sums(&t->p, t->partial, from, to);
}
TASK(dx) {
    const bn_task *t = argument;
    t->c->k->batchnorm->dx(&t->p, from, to);
}

/* Means and squared deviations of chunks, put together in order (Chan, Golub and LeVeque 1983). */
static void combine(const bn_task *t, float *mean, float *variance) {
    const int64_t c = t->p.c, chunks = rp_bn_chunks(t->p.rows, c), size = rp_bn_chunk(c);
    for (int64_t j = 0; j < c; j++) {
        double m = 0, q = 0, n = 0;
        for (int64_t k = 0; k < chunks; k++) {
            const double rows =
                (double)(t->p.rows - k * size < size ? t->p.rows - k * size : size);
            const double d = (double)t->partial[2 * k * c + j] - m;
            q += (double)t->partial[(2 * k + 1) * c + j] + d * d * n * rows / (n + rows);
            m += d * rows / (n + rows);
            n += rows;
        }
        mean[j] = (float)m;
        variance[j] = (float)(q / n);
    }
}

/* scale = gain rstd, shift = bias - mean scale */
static void coefficients(bn_task *t, const float *gain, const float *bias, const float *mean,
                         const float *variance, double eps) {
    const int64_t c = t->p.c;
    float *v = t->partial + 2 * rp_bn_chunks(t->p.rows, c) * c;
    for (int64_t j = 0; j < c; j++) {
        const float rstd = (float)(1 / sqrt((double)variance[j] + eps));
        v[j] = gain[j] * rstd;
        v[c + j] = bias[j] - mean[j] * v[j];
        v[2 * c + j] = rstd;
    }
    t->p.scale = v;
    t->p.shift = v + c;
    t->p.rstd = v + 2 * c;
    t->p.mean = mean;
}

int32_t rp_run_batch_norm(call *c, rp_message m) {
    (void)m;
    const int64_t rows = c->w[7], channels = c->w[8];
    bn_task t = {.c = c, .partial = c->session->work,
                 .p = {.rows = rows, .c = channels, .x = F(3), .residual = MAYBE(6), .y = F(0),
                       .relu = (int)c->w[10]}};
    rp_parallel(c->session, moments, &t, rp_bn_chunks(rows, channels), 4);
    combine(&t, F(1), F(2));
    coefficients(&t, F(4), F(5), F(1), F(2), rp_f64(c->w[9]));
    rp_parallel(c->session, apply, &t, rows, 64);
    return RP_OK;
}

/*
 * With g = dy under the mask and xhat = (x - mean) rstd:
 * dbias = sum g, dgain = sum g xhat, dx = gain rstd (g - mean(g) - xhat mean(g xhat)).
 */
int32_t rp_run_batch_norm_grad(call *c, rp_message m) {
    (void)m;
    const int64_t rows = c->w[11], channels = c->w[12];
    bn_task t = {.c = c, .partial = c->session->work,
                 .p = {.rows = rows, .c = channels, .x = F(4), .dy = F(9), .out = MAYBE(10),
                       .g = MAYBE(3), .dx = F(0), .relu = (int)c->w[14]}};
    coefficients(&t, F(5), F(6), F(7), F(8), rp_f64(c->w[13]));
    const int64_t chunks = rp_bn_chunks(rows, channels);
    rp_parallel(c->session, sums, &t, chunks, 4);
    float *dgain = F(1), *dbias = F(2), *v = t.partial + (2 * chunks + 3) * channels;
    for (int64_t j = 0; j < channels; j++) {
        double g = 0, q = 0;
        for (int64_t k = 0; k < chunks; k++) {
            g += (double)t.partial[2 * k * channels + j];
            q += (double)t.partial[(2 * k + 1) * channels + j];
        }
        dbias[j] = (float)g;
        dgain[j] = (float)q;
        const double scale = (double)t.p.scale[j];
        v[j] = t.p.scale[j];
        v[channels + j] = (float)(-scale * (double)t.p.rstd[j] * q / (double)rows);
        v[2 * channels + j] = (float)(-scale * g / (double)rows);
    }
    t.p.a = v;
    t.p.b = v + channels;
    t.p.d = v + 2 * channels;
    rp_parallel(c->session, dx, &t, rows, 64);
    return RP_OK;
}
