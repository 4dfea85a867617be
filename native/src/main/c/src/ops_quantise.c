/* Rounding to a grid: blocks of [outer, n, inner] along n share a scale. */
#include <float.h>
#include <math.h>

#include "call.h"
#include "check.h"
#include "quantise.h"

#define CHUNK 4096  /* values of a long run that one thread takes at a time */
#define WIDTH 64    /* columns that one thread takes at a time */

/* The largest value of a floating format; not positive or too large where there is none. */
static double largest(int64_t exponent, int64_t mantissa, int64_t specials) {
    int64_t field = ((int64_t)1 << exponent) - (specials == 0 ? 2 : 1);
    int64_t steps = ((int64_t)1 << mantissa) - 1;
    if (specials == 1) {
        field -= mantissa == 0;
        steps -= mantissa != 0;
    }
    const int bias = (1 << (exponent - 1)) - 1;
    const double fraction = ldexp((double)steps, -(int)mantissa);
    return field == 0 ? ldexp(fraction, 1 - bias) : ldexp(1 + fraction, (int)field - bias);
}

void rp_check_quantise(struct rp_check_state *c) {
    const int64_t *w = c->w + 2;
    const int64_t outer = extent(c, 3), n = extent(c, 4), inner = extent(c, 5);
    const int64_t block = extent(c, 6);
    const int64_t size = times(c, outer, times(c, n, inner));
    tensors(c, 0, 2, size);
    optional(c, 2, 1);
    range(c, 7, 0, 2);
    range(c, 8, 0, 1);
    range(c, 13, 0, INT32_MAX);
    if (block > n) {
        fail(c, 6, "a block within its axis");
    }
    if (w[8] == RP_FLOATING) {
        range(c, 9, 1, 8);
        range(c, 10, 0, 23);
        range(c, 11, 0, 2);
        range(c, 12, 0, 1);
        if (c->bad) {
            return;
        }
        const double max = largest(w[9], w[10], w[11]);
        if (!(max > 0 && max <= (double)FLT_MAX) || (w[11] == 2 && !w[12])) {
            fail(c, 11, "a format whose largest value is positive and within f32");
        }
    } else {
        range(c, 9, 2, 16);
        range(c, 10, 0, 1);
        if (!w[10] && w[7] == RP_SCALE_NONE) {
            fail(c, 7, "a scale for asymmetric whole numbers");
        }
    }
    if (w[2] >= 0) {
        apart(c, 0, size, 2, 1);
    }
    scratch(c, 2 * (n / CHUNK + 1));
}

typedef struct {
    const rp_quantise_kernels *k;
    rp_grid g;
    float *y, *extremes;
    const float *x;
    int64_t n, inner, block, blocks, strips, length, index;
    float scale, zero;
} quantise;

/* One block of neighbours, whole. */
TASK(runs) {
    const quantise *q = argument;
    for (int64_t u = from; u < to; u++) {
        const int64_t first = u % q->blocks * q->block, at = u / q->blocks * q->n + first;
        const int64_t n = q->n - first < q->block ? q->n - first : q->block;
        float low = 0, high = 0, scale = 1, zero = 0;
        q->k->extremes(q->x + at, n, &low, &high);
        q->k->scale(&q->g, low, high, &scale, &zero);
        q->k->run(&q->g, q->y + at, q->x + at, n, at, scale, zero);
    }
}

TASK(strips) {
    const quantise *q = argument;
    for (int64_t u = from; u < to; u++) {
        const int64_t column = u % q->strips * WIDTH, block = u / q->strips % q->blocks;
        const int64_t first = block * q->block;
        const int64_t rows = q->n - first < q->block ? q->n - first : q->block;
        const int64_t at = (u / q->strips / q->blocks * q->n + first) * q->inner + column;
        const int64_t width = q->inner - column < WIDTH ? q->inner - column : WIDTH;
        q->k->columns(&q->g, q->y + at, q->x + at, rows, q->inner, width, at);
    }
}

/* Chunks of one long block. */
TASK(measure) {
    const quantise *q = argument;
    for (int64_t u = from; u < to; u++) {
        const int64_t n = q->length - u * CHUNK < CHUNK ? q->length - u * CHUNK : CHUNK;
        q->k->extremes(q->x + q->index + u * CHUNK, n, q->extremes + 2 * u,
                       q->extremes + 2 * u + 1);
    }
}

TASK(apply) {
    const quantise *q = argument;
    q->k->run(&q->g, q->y + q->index + from, q->x + q->index + from, to - from, q->index + from,
              q->scale, q->zero);
}

static void long_block(rp_session *s, quantise *q) {
    const int64_t chunks = (q->length + CHUNK - 1) / CHUNK;
    rp_parallel(s, measure, q, chunks, 1);
    float low = 0, high = 0;
    for (int64_t i = 0; i < chunks; i++) {
        low = fminf(low, q->extremes[2 * i]);
        high = fmaxf(high, q->extremes[2 * i + 1]);
    }
    q->k->scale(&q->g, low, high, &q->scale, &q->zero);
    rp_parallel(s, apply, q, q->length, CHUNK);
}

static int64_t grain(int64_t size) { return size < CHUNK ? CHUNK / size : 1; }

int32_t rp_run_quantise(struct rp_call *c, rp_message m) {
    (void)m;
    const int64_t *w = c->w;
    rp_session *s = c->session;
    const int64_t outer = w[3], blocks = (w[4] + w[6] - 1) / w[6];
    quantise q = {.k = c->k->quantise, .y = F(0), .x = F(1), .n = w[4], .inner = w[5],
                  .block = w[6], .blocks = blocks, .strips = (w[5] + WIDTH - 1) / WIDTH,
                  .extremes = s->work, .scale = 1};
    q.g = (rp_grid){.kind = (int)w[8], .scale = (int)w[7], .draws = w[2] >= 0, .symmetric = 1,
                    .key = (uint64_t)s->config.seed, .stream = (uint32_t)w[13],
                    .step = w[2] >= 0 ? (uint32_t)I(2)[0] : 0, .run = (uint32_t)s->config.run};
    if (w[8] == RP_FLOATING) {
        q.g.mantissa = (int)w[10];
        q.g.least = 2 - (1 << (w[9] - 1));
        q.g.max = (float)largest(w[9], w[10], w[11]);
        q.g.beyond = w[12] ? q.g.max : w[11] == 0 ? INFINITY : NAN;
    } else {
        q.g.symmetric = (int)w[10];
        q.g.max = (float)(w[10] ? (1 << (w[9] - 1)) - 1 : (1 << w[9]) - 1);
    }
    if (q.g.scale == RP_SCALE_NONE) {
        q.index = 0;
        rp_parallel(s, apply, &q, outer * q.n * q.inner, CHUNK);
    } else if (q.inner > 1) {
        rp_parallel(s, strips, &q, outer * blocks * q.strips, grain(q.block * WIDTH));
    } else if (q.block <= 2 * CHUNK) {
        rp_parallel(s, runs, &q, outer * blocks, grain(q.block));
    } else {
        for (int64_t u = 0; u < outer * blocks; u++) {
            const int64_t first = u % blocks * q.block;
            q.index = u / blocks * q.n + first;
            q.length = q.n - first < q.block ? q.n - first : q.block;
            long_block(s, &q);
        }
    }
    return RP_OK;
}
