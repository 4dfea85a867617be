/* Decoding token by token: products with few rows, caches, positions. */
#include <string.h>

#include "call.h"
#include "check.h"
#include "operation.h"

void rp_check_project(check *c) {
    const int64_t rows = extent(c, 4), k = extent(c, 5), n = extent(c, 6);
    tensor(c, 0, times(c, rows, n));
    tensor(c, 1, times(c, rows, k));
    tensor(c, 2, times(c, (n + 31) / 32 * 32, k));
    optional(c, 3, n);
}

TASK(project) {
    CALL;
    c->k->project(F(0), F(1), F(2), MAYBE(3), c->w[4], c->w[5], c->w[6], from, to);
}

int32_t rp_run_project(call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, project, c, (c->w[6] + 31) / 32, 1);
    return RP_OK;
}

void rp_check_cache_append(check *c) {
    const int64_t batch = extent(c, 4), time = extent(c, 5), groups = extent(c, 6);
    const int64_t row = times(c, groups, extent(c, 7));
    tensors(c, 0, 2, times(c, times(c, batch, row), extent(c, 8)));
    tensor(c, 2, times(c, times(c, batch, time), row));
    tensor(c, 3, batch);
    range(c, 9, 0, 1);
    range(c, 10, 0, INT32_MAX);
}

int32_t rp_run_cache_append(call *c, rp_message m) {
    (void)m;
    const int64_t *w = c->w;
    const int64_t batch = w[4], time = w[5], groups = w[6], width = w[7], slots = w[8];
    if (F(0) != F(1)) {
        memmove(F(0), F(1), (size_t)(batch * groups * width * slots) * 4);
    }
    for (int64_t row = 0; row < batch * time; row++) {
        const int64_t at = w[10] + I(3)[row / time] + row % time;
        if (at < 0 || at >= slots) {
            continue;
        }
        for (int64_t g = 0; g < groups; g++) {
            const float *x = F(2) + (row * groups + g) * width;
            float *head = F(0) + (row / time * groups + g) * slots * width;
            if (w[9]) {
                for (int64_t i = 0; i < width; i++) {
                    head[i * slots + at] = x[i];
                }
            } else {
                memmove(head + at * width, x, (size_t)width * 4);
            }
        }
    }
    return RP_OK;
}

void rp_check_cache_attend(check *c) {
    const int64_t batch = extent(c, 5), time = extent(c, 6), heads = extent(c, 7);
    const int64_t groups = extent(c, 8), width = extent(c, 9), slots = extent(c, 10);
    const int64_t cache = times(c, times(c, batch, groups), times(c, width, slots));
    tensors(c, 0, 2, times(c, times(c, batch, time), times(c, heads, width)));
    tensors(c, 2, 4, cache);
    tensor(c, 4, batch);
    if (heads % groups != 0) {
        fail(c, 8, "a divisor of the heads");
    }
    range(c, 11, 0, INT32_MAX);
    scratch(c, slots);
}

typedef struct {
    const rp_kernels *k;
    rp_cache_attend a;
} attend_task;

TASK(attend) {
    const attend_task *t = argument;
    t->k->cache_attend(&t->a, work, from, to);
}

int32_t rp_run_cache_attend(call *c, rp_message m) {
    (void)m;
    const int64_t *w = c->w;
    const attend_task t = {.k = c->k,
                           .a = {.y = F(0), .q = F(1), .keys = F(2), .values = F(3),
                                 .start = I(4), .batch = w[5], .time = w[6], .heads = w[7],
                                 .groups = w[8], .width = w[9], .slots = w[10],
                                 .offset = w[11]}};
    rp_parallel(c->session, attend, &t, w[5] * w[6] * w[7], 1);
    return RP_OK;
}

static int64_t clamp(int64_t x, int64_t limit) { return x < 0 ? 0 : x < limit ? x : limit - 1; }

void rp_check_tokens_at(check *c) {
    const int64_t batch = extent(c, 3);
    tensor(c, 0, times(c, batch, extent(c, 5)));
    tensor(c, 1, times(c, batch, extent(c, 4)));
    tensor(c, 2, batch);
}

int32_t rp_run_tokens_at(call *c, rp_message m) {
    (void)m;
    const int64_t slots = c->w[4], time = c->w[5];
    for (int64_t i = 0; i < c->w[3] * time; i++) {
        const int64_t b = i / time;
        I(0)[i] = I(1)[b * slots + clamp(I(2)[b] + i % time, slots)];
    }
    return RP_OK;
}

void rp_check_positions_at(check *c) {
    const int64_t batch = extent(c, 2);
    tensor(c, 0, times(c, batch, extent(c, 3)));
    tensor(c, 1, batch);
    extent(c, 4);
}

int32_t rp_run_positions_at(call *c, rp_message m) {
    (void)m;
    const int64_t time = c->w[3];
    for (int64_t i = 0; i < c->w[2] * time; i++) {
        I(0)[i] = (int32_t)clamp(I(1)[i / time] + i % time, c->w[4]);
    }
    return RP_OK;
}

void rp_check_advance(check *c) {
    tensors(c, 0, 3, extent(c, 3));
    range(c, 4, 0, INT32_MAX);
}

int32_t rp_run_advance(call *c, rp_message m) {
    (void)m;
    for (int64_t b = 0; b < c->w[3]; b++) {
        const int64_t at = I(1)[b], next = at + c->w[4], last = I(2)[b];
        const int64_t to = next < last ? next : last;
        I(0)[b] = (int32_t)(to > at ? to : at);
    }
    return RP_OK;
}
