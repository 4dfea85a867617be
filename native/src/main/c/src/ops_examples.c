/* Minibatches of examples by counter: checks and runs. */
#include <string.h>

#include "call.h"
#include "check.h"
#include "operation.h"

enum { INDEPENDENT, SHUFFLED, SHUFFLED_WHOLE_BATCHES, IN_ORDER, ORDERS };

void rp_check_batch(check *c) {
    const int64_t n = extent(c, 4), batch = extent(c, 5);
    range(c, 3, 0, ORDERS - 1);
    range(c, 6, 0, INT32_MAX);
    tensors(c, 0, 2, batch);
    tensor(c, 2, 1);
    if (c->w[3 + 2] == SHUFFLED_WHOLE_BATCHES && batch > n) {
        fail(c, 5, "a batch of at most all examples");
    }
}

void rp_check_labels(check *c) {
    const int64_t b = extent(c, 3), n = extent(c, 4);
    tensor(c, 0, b);
    tensor(c, 1, n);
    tensor(c, 2, b);
    apart(c, 0, b, 2, b);
}

void rp_check_noisy_labels(check *c) {
    const int64_t b = extent(c, 5);
    tensors(c, 0, 3, b);
    tensors(c, 3, 5, 1);
    extent(c, 6);
    range(c, 7, 0, INT32_MAX);
}

void rp_check_correct(check *c) {
    const int64_t b = extent(c, 3);
    tensor(c, 0, b);
    tensor(c, 1, times(c, b, extent(c, 4)));
    tensor(c, 2, b);
}

void rp_check_augment(check *c) {
    const int64_t n = extent(c, 3), h = extent(c, 4), w = extent(c, 5), d = extent(c, 6);
    const int64_t least = h < w ? h : w;
    range(c, 7, 0, least - 1 < (1 << 29) ? least - 1 : 1 << 29);
    range(c, 8, 0, 1);
    range(c, 9, 0, INT32_MAX);
    tensors(c, 0, 2, times(c, times(c, n, h), times(c, w, d)));
    tensor(c, 2, 1);
}

static uint32_t below(uint32_t word, uint32_t n) { return (uint32_t)((uint64_t)word * n >> 32); }

static void philox(const call *c, uint32_t block, uint32_t step, int64_t stream, uint32_t out[4]) {
    const rp_config *config = &c->session->config;
    rp_philox((uint64_t)config->seed, block, step, (uint32_t)stream, (uint32_t)config->run, out);
}

static uint32_t mix(uint32_t x) {
    x ^= x >> 16;
    x *= 0x85ebca6bu;
    x ^= x >> 13;
    x *= 0xc2b2ae35u;
    return x ^ x >> 16;
}

/* A permutation of [0, n): eight Feistel rounds on 2 bits bits, walked until they land below n. */
static uint32_t place(const uint32_t key[8], uint32_t n, uint32_t at) {
    int bits = 1;
    while (n > 1 && ((n - 1) >> 1) >> (2 * bits - 1) != 0) {
        bits++;
    }
    const uint32_t mask = (1u << bits) - 1;
    do {
        uint32_t left = at >> bits, right = at & mask;
        for (int k = 0; k < 8; k++) {
            const uint32_t next = left ^ (mix(right ^ key[k]) & mask);
            left = right;
            right = next;
        }
        at = left << bits | right;
    } while (at >= n);
    return at;
}

int32_t rp_run_batch(call *c, rp_message m) {
    (void)m;
    const int64_t *w = c->w;
    const uint32_t step = (uint32_t)I(2)[0], n = (uint32_t)w[4], batch = (uint32_t)w[5];
    const uint64_t epoch_length =
        w[3] == SHUFFLED_WHOLE_BATCHES ? (uint64_t)(n / batch) * batch : n;
    uint32_t key[8] = {0}, word[4];
    uint64_t known = UINT64_MAX;
    int32_t *index = I(0);
    float *weight = F(1);
    for (uint32_t b = 0; b < batch; b++) {
        const uint64_t p = (uint64_t)step * batch + b;
        weight[b] = 1;
        if (w[3] == INDEPENDENT) {
            philox(c, b, step, w[6], word);
            index[b] = (int32_t)below(word[0], n);
        } else if (w[3] == IN_ORDER) {
            index[b] = (int32_t)(p < n ? p : n - 1);
            weight[b] = p < n ? 1 : 0;
        } else {
            const uint64_t epoch = p / epoch_length;
            if (epoch != known) {
                philox(c, 0, (uint32_t)epoch, w[6], key);
                philox(c, 1, (uint32_t)epoch, w[6], key + 4);
                known = epoch;
            }
            index[b] = (int32_t)place(key, n, (uint32_t)(p % epoch_length));
        }
    }
    return RP_OK;
}

int32_t rp_run_labels(call *c, rp_message m) {
    if (indices(c, 2, c->w[3], c->w[4], m)) {
        return RP_ERROR;
    }
    for (int64_t i = 0; i < c->w[3]; i++) {
        I(0)[i] = I(1)[I(2)[i]];
    }
    return RP_OK;
}

int32_t rp_run_noisy_labels(call *c, rp_message m) {
    (void)m;
    const double share = (double)F(3)[0];
    for (int64_t i = 0; i < c->w[5]; i++) {
        uint32_t word[4];
        const int32_t label = I(1)[i];
        philox(c, (uint32_t)I(2)[i], (uint32_t)I(4)[0], c->w[7], word);
        I(0)[i] = word[0] * 0x1p-32 < share ? (int32_t)below(word[1], (uint32_t)c->w[6]) : label;
    }
    return RP_OK;
}

int32_t rp_run_correct(call *c, rp_message m) {
    (void)m;
    const int64_t classes = c->w[4];
    for (int64_t i = 0; i < c->w[3]; i++) {
        const float *x = F(1) + i * classes;
        int64_t best = 0;
        for (int64_t j = 1; j < classes; j++) {
            best = x[j] > x[best] ? j : best;
        }
        F(0)[i] = best == I(2)[i] ? 1 : 0;
    }
    return RP_OK;
}

int32_t rp_run_augment(call *c, rp_message m) {
    (void)m;
    const int64_t images = c->w[3], h = c->w[4], width = c->w[5], d = c->w[6], shift = c->w[7];
    const size_t pixel = (size_t)d * sizeof(float);
    for (int64_t n = 0; n < images; n++) {
        uint32_t word[4];
        philox(c, (uint32_t)n, (uint32_t)I(2)[0], c->w[9], word);
        const int64_t down = (int64_t)below(word[0], (uint32_t)(2 * shift + 1)) - shift;
        const int64_t along = (int64_t)below(word[1], (uint32_t)(2 * shift + 1)) - shift;
        const int mirror = c->w[8] && word[2] >> 31;
        for (int64_t r = 0; r < h; r++) {
            float *to = F(0) + (n * h + r) * width * d;
            const int64_t row = r + down;
            memset(to, 0, (size_t)width * pixel);
            if (row < 0 || row >= h) {
                continue;
            }
            const float *from = F(1) + (n * h + row) * width * d;
            for (int64_t q = 0; q < width; q++) {
                const int64_t column = (mirror ? width - 1 - q : q) + along;
                if (column >= 0 && column < width) {
                    memcpy(to + q * d, from + column * d, pixel);
                }
            }
        }
    }
    return RP_OK;
}
