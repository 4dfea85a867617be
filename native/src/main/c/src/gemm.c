/*
 * Matrix products. C is cut into tiles of MR rows and NV vectors held in registers; K is cut into
 * blocks of at most RP_KC that are added to C in order, so that an element is summed in the same
 * order whatever the tile it falls into (Goto and van de Geijn 2008). B is packed into panels of
 * NV vectors where it is transposed or large, A into panels of MR rows where its rows are far
 * apart; both are read in place where packing would cost more than it saves. What follows a product
 * (bias, residual, activation) is done on each panel while it is in the first cache.
 */
#include "functions.h"
#include "kernels.h"
#include "simd.h"
#include "transpose.h"

#if RP_W == 16
#define MR 8
#define NV 3
#elif RP_W == 8
#define MR 6
#define NV 2
#else
#define MR 4
#define NV 2
#endif
#define NR (NV * RP_W)
#define KC RP_GEMM_KC
#define NC RP_GEMM_NC
#define MC RP_GEMM_MC

typedef struct {
    int64_t kc;
    const float *a;
    int64_t ra, ca;
    const float *b;
    int64_t rb;
    float *c;
    const float *from; /* what the tile begins with, rows as in c; null: zeros */
    int64_t rc;
    int64_t last; /* valid lanes of the last vector */
    int masked;   /* b itself ends after the valid lanes */
} tile;

RP_INLINE void micro(const int rows, const int vectors, const int masked, const int packed,
                     const tile *t) {
    vf r[MR][NV];
    const float *a = t->a;
    const float *b = t->b;
    const int64_t ra = packed ? 1 : t->ra;
    const int64_t ca = packed ? MR : t->ca;
    const int64_t rb = t->rb;
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
        __builtin_prefetch(t->c + i * t->rc, 1);
#pragma GCC unroll 3
        for (int j = 0; j < vectors; j++) {
            r[i][j] = vset(0);
        }
    }
    for (int64_t k = t->kc; k > 0; k--) {
        vf x[NV];
#pragma GCC unroll 3
        for (int j = 0; j < vectors; j++) {
            x[j] = masked && j == vectors - 1 ? vloadn(b + j * RP_W, t->last) : vload(b + j * RP_W);
        }
#pragma GCC unroll 8
        for (int i = 0; i < rows; i++) {
            vf s = vset(a[i * ra]);
#pragma GCC unroll 3
            for (int j = 0; j < vectors; j++) {
                r[i][j] = s * x[j] + r[i][j];
            }
        }
        a += ca;
        b += rb;
    }
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
        float *c = t->c + i * t->rc;
#pragma GCC unroll 3
        for (int j = 0; j < vectors; j++) {
            const int64_t n = j == vectors - 1 ? t->last : RP_W;
            vf y = r[i][j];
            if (t->from) {
                y = vloadn(t->from + i * t->rc + j * RP_W, n) + y;
            }
            vstoren(c + j * RP_W, y, n);
        }
    }
}

#define CASE(rows, vectors)                                                                        \
    case (rows) * 16 + (vectors) * 4:                                                              \
        micro(rows, vectors, 0, 0, t);                                                             \
        break;                                                                                     \
    case (rows) * 16 + (vectors) * 4 + 1:                                                          \
        micro(rows, vectors, 1, 0, t);                                                             \
        break;                                                                                     \
    case (rows) * 16 + (vectors) * 4 + 2:                                                          \
        micro(rows, vectors, 0, 1, t);                                                             \
        break;                                                                                     \
    case (rows) * 16 + (vectors) * 4 + 3:                                                          \
        micro(rows, vectors, 1, 1, t);                                                             \
        break;
#if NV == 3
#define CASES(rows) CASE(rows, 1) CASE(rows, 2) CASE(rows, 3)
#else
#define CASES(rows) CASE(rows, 1) CASE(rows, 2)
#endif

static void run_tile(int rows, int vectors, int packed, const tile *t) {
    switch (rows * 16 + vectors * 4 + packed * 2 + t->masked) {
        CASES(1)
        CASES(2)
#if MR != 4
        CASES(MR)
#endif
        CASES(4)
    default:
        break;
    }
}

/* One panel of B, kc rows of whole vectors, zeros beyond the width. */
static void pack_b(float *p, const float *b, int64_t rb, int64_t cb, int64_t kc, int64_t width) {
    const int64_t padded = (width + RP_W - 1) / RP_W * RP_W;
    int64_t k0 = 0;
#if defined(RP_TRANSPOSE)
    if (rb == 1) {
        for (; k0 + RP_TRANSPOSE <= kc; k0 += RP_TRANSPOSE) {
            int64_t j = 0;
            for (; j + RP_TRANSPOSE <= width; j += RP_TRANSPOSE) {
                transpose(b + j * cb + k0, cb, p + k0 * padded + j, padded);
            }
            for (; j < padded; j++) {
                for (int64_t k = k0; k < k0 + RP_TRANSPOSE; k++) {
                    p[k * padded + j] = j < width ? b[k + j * cb] : 0;
                }
            }
        }
    }
#endif
    for (int64_t j = 0; j < padded; j++) {
        for (int64_t k = k0; k < kc; k++) {
            p[k * padded + j] = j < width ? b[k * rb + j * cb] : 0;
        }
    }
}

/* Panels of NR columns, kc rows each. Rows in memory are copied eight at a time, so that what is read
 * and what is written both run on. */
static void pack_panels(float *p, const float *b, int64_t rb, int64_t cb, int64_t kc, int64_t n) {
    if (cb != 1) {
        for (int64_t j = 0; j < n; j += NR) {
            pack_b(p + j * kc, b + j * cb, rb, cb, kc, n - j < NR ? n - j : NR);
        }
        return;
    }
    for (int64_t k0 = 0; k0 < kc; k0 += 8) {
        const int64_t k1 = kc < k0 + 8 ? kc : k0 + 8;
        int64_t j = 0;
        for (; j + NR <= n; j += NR) {
            for (int64_t k = k0; k < k1; k++) {
#pragma GCC unroll 3
                for (int64_t v = 0; v < NR; v += RP_W) {
                    vstore(p + j * kc + k * NR + v, vload(b + k * rb + j + v));
                }
            }
        }
        const int64_t width = n - j, padded = (width + RP_W - 1) / RP_W * RP_W;
        for (int64_t k = k0; k < k1; k++) {
            for (int64_t v = 0; v < padded; v += RP_W) {
                vstore(p + j * kc + k * padded + v, vloadn(b + k * rb + j + v, width - v));
            }
        }
    }
}

/* Rows [0, m) of A as panels of MR rows, kc columns each; the rows that a last panel lacks keep
 * whatever stood there and are never stored. Writes up to RP_W floats behind the last panel. */
static void pack_a(float *p, const float *a, int64_t ra, int64_t ca, int64_t m, int64_t kc) {
    if (ra == 1) {
        for (int64_t k0 = 0; k0 < kc; k0 += 8) {
            const int64_t k1 = kc < k0 + 8 ? kc : k0 + 8;
            for (int64_t i = 0; i < m; i += MR) {
                for (int64_t k = k0; k < k1; k++) {
                    float *to = p + i * kc + k * MR;
#if RP_W >= MR
                    if (m - i >= RP_W && k + 1 < kc) { /* the next k overwrites lanes beyond MR */
                        vstore(to, vload(a + k * ca + i));
                        continue;
                    }
#endif
                    for (int64_t r = 0; r < MR && i + r < m; r++) {
                        to[r] = a[k * ca + i + r];
                    }
                }
            }
        }
        return;
    }
    for (int64_t i = 0; i < m; i += MR) {
        float *to = p + i * kc;
        const int64_t rows = m - i < MR ? m - i : MR;
        int64_t k = 0;
#if defined(RP_TRANSPOSE)
        if (ca == 1) {
            for (; k + 8 <= kc; k += 8) {
                transpose8(a + i * ra + k, ra, (int)rows, to + k * MR, MR);
            }
        }
#endif
        for (; k < kc; k++) {
            for (int64_t r = 0; r < rows; r++) {
                to[k * MR + r] = a[(i + r) * ra + k * ca];
            }
        }
    }
}

RP_INLINE void finish_row(const rp_gemm *g, const int what, int64_t at, int64_t j, int64_t n) {
    for (int64_t x = 0; x < n; x += RP_W) {
        vf y = vloadn(g->c + at + x, n - x);
        if (g->bias) {
            y += vloadn(g->bias + j + x, n - x);
        }
        if (what == 1) {
            vstoren(g->active + at + x, value_of(g->function, y), n - x);
        } else if (what == 2) {
            y *= slope_of(g->function, vloadn(g->slope + at + x, n - x));
        } else if (what == 3) {
            vstoren(g->active + at + x, value_of(RP_GELU_FUNCTION, y), n - x);
        } else if (what == 4) {
            y *= slope_of(RP_GELU_FUNCTION, vloadn(g->slope + at + x, n - x));
        }
        vstoren(g->c + at + x, y, n - x);
    }
}

/* What follows the last block of K on rows [i, end) and n columns from j. */
static void finish(const rp_gemm *g, int64_t i, int64_t end, int64_t j, int64_t n) {
    const int gelu = g->function == RP_GELU_FUNCTION;
    const int what = g->slope ? (gelu ? 4 : 2) : g->active ? (gelu ? 3 : 1) : 0;
    for (; i < end; i++) {
        const int64_t at = i * g->rc + j;
        switch (what) {
        case 0:
            finish_row(g, 0, at, j, n);
            break;
        case 1:
            finish_row(g, 1, at, j, n);
            break;
        case 2:
            finish_row(g, 2, at, j, n);
            break;
        case 3:
            finish_row(g, 3, at, j, n);
            break;
        default:
            finish_row(g, 4, at, j, n);
            break;
        }
    }
}

/* sums = or += column sums of kc rows of a panel of B */
static void add_columns(float *sums, const float *b, int64_t rb, int64_t kc, int64_t width,
                        int more) {
    for (int64_t j = 0; j < width; j += RP_W) {
        vf s = more ? vloadn(sums + j, width - j) : vset(0);
        vf t = vset(0);
        for (int64_t k = 0; k < kc; k++) {
            t += vloadn(b + k * rb + j, width - j);
        }
        vstoren(sums + j, s + t, width - j);
    }
}

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

void RP_NAME(gemm)(const rp_gemm *g, float *work) {
    const int64_t blocks = (g->k + KC - 1) / KC;
    const int direct = g->cb == 1 && (g->m <= 32 || g->k * g->n <= 4096);
    const int packed = g->ca == 1 ? g->n >= 96 && g->ra > 320 : g->n >= 96 && g->ca > 192;
    const int after = g->bias || g->slope || g->active;
    float *pa = work;
    float *pb = packed ? work + (MC + MR) * least(g->k, KC) + 16 : work;
    for (int64_t jc = 0; jc < g->n; jc += NC) {
        const int64_t nc = least(NC, g->n - jc);
        for (int64_t block = 0; block < blocks; block++) {
            const int64_t k0 = g->k * block / blocks;
            const int64_t kc = g->k * (block + 1) / blocks - k0;
            const float *from = block > 0 || g->accumulate ? g->c : g->init;
            const float *b = g->b + k0 * g->rb + jc * g->cb;
            if (!direct) {
                pack_panels(pb, b, g->rb, g->cb, kc, nc);
            }
            for (int64_t j = 0; j < nc && g->sums; j += NR) {
                const int64_t width = least(NR, nc - j);
                add_columns(g->sums + jc + j, direct ? b + j : pb + j * kc,
                            direct ? g->rb : (width + RP_W - 1) / RP_W * RP_W, kc, width,
                            block > 0);
            }
            for (int64_t i = 0; i < g->m; i += MC) {
                const int64_t end = least(g->m, i + MC);
                const float *a = g->a + i * g->ra + k0 * g->ca;
                if (packed) {
                    pack_a(pa, a, g->ra, g->ca, end - i, kc);
                }
                /* what follows is done on whole rows, a few at a time, while they are in cache */
                const int last = after && block == blocks - 1;
                const int64_t step = last ? 4 * MR : MC;
                for (int64_t r0 = i; r0 < end; r0 += step) {
                    const int64_t r1 = least(end, r0 + step);
                    for (int64_t j = 0; j < nc; j += NR) {
                        const int64_t width = least(NR, nc - j);
                        const int vectors = (int)((width + RP_W - 1) / RP_W);
                        tile t = {.kc = kc, .ra = g->ra, .ca = g->ca, .rc = g->rc,
                                  .last = width - (vectors - 1) * RP_W};
                        t.b = direct ? b + j : pb + j * kc;
                        t.rb = direct ? g->rb : vectors * RP_W;
                        t.masked = direct && t.last < RP_W;
                        for (int64_t r = r0; r < r1;) {
                            const int64_t left = r1 - r;
                            const int rows = left >= MR ? MR : left >= 4 ? 4 : left >= 2 ? 2 : 1;
                            /* the rows of a cut panel lie MR apart in it all the same */
                            t.a = packed ? pa + (r - i) / MR * MR * kc + (r - i) % MR
                                         : a + (r - i) * g->ra;
                            t.c = g->c + r * g->rc + jc + j;
                            t.from = from ? from + r * g->rc + jc + j : from;
                            run_tile(rows, vectors, packed, &t);
                            r += rows;
                        }
                    }
                    if (last) {
                        finish(g, r0, r1, jc, nc);
                    }
                }
            }
        }
    }
}

/* MR x NV chains of multiply-adds that stay in registers: the peak that products are measured by. */
int64_t RP_NAME(multiply_adds)(int64_t rounds) {
    vf r[MR * NV];
    const vf x = vset(0.999f), y = vset(1e-3f);
#pragma GCC unroll 24
    for (int i = 0; i < MR * NV; i++) {
        r[i] = vset((float)i);
    }
    for (int64_t k = 0; k < rounds; k++) {
#pragma GCC unroll 24
        for (int i = 0; i < MR * NV; i++) {
            r[i] = r[i] * x + y;
            RP_OPAQUE(r[i]);
        }
    }
    vf s = vset(0);
#pragma GCC unroll 24
    for (int i = 0; i < MR * NV; i++) {
        s += r[i];
    }
    /* the sum is finite, so the comparison only keeps the loop alive */
    return vsum(s) < 1e30f ? rounds * MR * NV * RP_W * 2 : 0;
}
