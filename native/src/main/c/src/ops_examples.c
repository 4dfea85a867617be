/* Minibatches of examples by counter: checks and runs. */
#include <string.h>

#include "call.h"
#include "check.h"
#include "operation.h"

enum { MOST_ATTRIBUTES = 256 };
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

void rp_check_retell(check *c) {
    const int64_t n = extent(c, 8), head = extent(c, 9), values = extent(c, 10);
    const int64_t attributes = extent(c, 11), forms = extent(c, 12), length = extent(c, 13);
    const int64_t sequences = extent(c, 14);
    range(c, 11, 1, MOST_ATTRIBUTES);
    range(c, 15, 0, 1);
    range(c, 16, 0, INT32_MAX);
    const int64_t tokens = times(c, attributes, length) + head - 1;
    if (tokens < 1 || tokens > INT32_MAX) {
        fail(c, 13, "sequences of at least two tokens");
    }
    tensors(c, 0, 3, times(c, sequences, tokens));
    tensor(c, 3, times(c, n, head));
    tensor(c, 4, times(c, n, values));
    tensor(c, 5, times(c, times(c, attributes, forms), length));
    tensor(c, 6, sequences);
    tensor(c, 7, 1);
    for (int i = 0; i < 3; i++) {
        apart(c, i, sequences * tokens, 6, sequences);
    }
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

/* Word `at` of a sequence whose first block is `from`. */
static uint32_t word_of(const call *c, uint32_t from, int64_t at, uint32_t step) {
    uint32_t word[4];
    philox(c, from + (uint32_t)(at / 4), step, c->w[16], word);
    return word[at % 4];
}

typedef struct {
    int32_t *inputs, *targets, *origins;
    int64_t at, tokens; /* tokens counts targets: one fewer than the sequence has */
} telling;

static void tell(telling *t, int32_t token, int32_t origin) {
    if (t->at < t->tokens) {
        t->inputs[t->at] = token;
    }
    if (t->at > 0) {
        t->targets[t->at - 1] = token;
        t->origins[t->at - 1] = origin;
    }
    t->at++;
}

int32_t rp_run_retell(call *c, rp_message m) {
    const int64_t *w = c->w;
    const int64_t head = w[9], values = w[10], k = w[11], forms = w[12], length = w[13];
    const int64_t tokens = head + k * length - 1;
    const uint32_t blocks = (uint32_t)((2 * k + 3) / 4);
    if (indices(c, 6, w[14], w[8], m)) {
        return RP_ERROR;
    }
    for (int64_t b = 0; b < w[14]; b++) {
        const int64_t row = I(6)[b];
        const uint32_t step = w[15] ? 0 : (uint32_t)I(7)[0];
        const uint32_t from = (uint32_t)(w[15] ? row : b) * blocks;
        telling t = {I(0) + b * tokens, I(1) + b * tokens, I(2) + b * tokens, 0, tokens};
        int32_t order[MOST_ATTRIBUTES];
        for (int64_t i = 0; i < k; i++) {
            order[i] = (int32_t)i;
        }
        for (int64_t i = k - 1; i > 0; i--) {
            const uint32_t other = below(word_of(c, from, i, step), (uint32_t)i + 1);
            const int32_t kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        for (int64_t i = 0; i < head; i++) {
            tell(&t, I(3)[row * head + i], (int32_t)(i + 1));
        }
        for (int64_t i = 0; i < k; i++) {
            const int64_t a = order[i];
            const uint32_t form = below(word_of(c, from, k + a, step), (uint32_t)forms);
            const int32_t *element = I(5) + (a * forms + form) * length;
            for (int64_t j = 0; j < length; j++) {
                const int32_t e = element[j];
                if (e < 0) {
                    return rp_fail(m, "retell: index %d at position %lld is outside the table",
                                   e, (long long)j);
                }
                if (e < values) {
                    tell(&t, I(4)[row * values + e], (int32_t)(head + 1 + e));
                } else if (e > values) {
                    tell(&t, (int32_t)(e - values - 1), 0);
                }
            }
        }
        while (t.at <= tokens) {
            tell(&t, 0, -1);
        }
    }
    return RP_OK;
}
