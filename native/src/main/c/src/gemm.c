/*
 * Matrix products. C is cut into tiles of MR rows and NV vectors held in registers; K is cut into
 * blocks of at most KC that are added to C in order, so that an element is summed in the same order
 * whatever the tile it falls into (Goto and van de Geijn 2008, with A read in place). B is packed
 * into panels where it is transposed or large.
 */
#include "kernels.h"
#include "simd.h"

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
#define KC 192
#define NC 1920
#define MC 240

typedef struct {
    int64_t kc;
    const float *a;
    int64_t ra, ca;
    const float *b;
    int64_t rb;
    float *c;
    int64_t rc;
    int64_t last; /* valid lanes of the last vector */
    int accumulate;
    int masked; /* b itself ends after the valid lanes */
} tile;

RP_INLINE void micro(const int rows, const int vectors, const int masked, const tile *t) {
    vf r[MR][NV];
    const float *a = t->a;
    const float *b = t->b;
    const int64_t ra = t->ra;
    const int64_t ca = t->ca;
    const int64_t rb = t->rb;
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
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
            if (t->accumulate) {
                y = vloadn(c + j * RP_W, n) + y;
            }
            vstoren(c + j * RP_W, y, n);
        }
    }
}

#define CASE(rows, vectors)                                                                        \
    case (rows) * 8 + (vectors) * 2:                                                               \
        micro(rows, vectors, 0, t);                                                                \
        break;                                                                                     \
    case (rows) * 8 + (vectors) * 2 + 1:                                                           \
        micro(rows, vectors, 1, t);                                                                \
        break;
#if NV == 3
#define CASES(rows) CASE(rows, 1) CASE(rows, 2) CASE(rows, 3)
#else
#define CASES(rows) CASE(rows, 1) CASE(rows, 2)
#endif

static void run_tile(int rows, int vectors, const tile *t) {
    switch (rows * 8 + vectors * 2 + t->masked) {
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

/* All rows of one panel of columns. */
static void panel(const rp_gemm *g, int64_t m0, int64_t m1, const float *a, int64_t kc,
                  const float *b, int64_t rb, int masked, int64_t j, int64_t width,
                  int accumulate) {
    const int vectors = (int)((width + RP_W - 1) / RP_W);
    tile t = {.kc = kc, .ra = g->ra, .ca = g->ca, .b = b, .rb = rb, .rc = g->rc,
              .last = width - (vectors - 1) * RP_W, .accumulate = accumulate};
    t.masked = masked && t.last < RP_W;
    for (int64_t i = m0; i < m1;) {
        const int64_t left = m1 - i;
        const int rows = left >= MR ? MR : left >= 4 ? 4 : left >= 2 ? 2 : 1;
        t.a = a + i * g->ra;
        t.c = g->c + i * g->rc + j;
        run_tile(rows, vectors, &t);
        i += rows;
    }
}

#if defined(RP_AVX512)
/* 16 x 16 transpose by unpacking pairs, quads and quarters. */
static void transpose16(const float *s, int64_t ld, float *d, int64_t dd) {
    __m512 r[16], t[16];
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
        r[i] = _mm512_loadu_ps(s + i * ld);
    }
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        t[2 * i] = _mm512_unpacklo_ps(r[2 * i], r[2 * i + 1]);
        t[2 * i + 1] = _mm512_unpackhi_ps(r[2 * i], r[2 * i + 1]);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        __m512d p = (__m512d)t[4 * i], q = (__m512d)t[4 * i + 1];
        __m512d u = (__m512d)t[4 * i + 2], v = (__m512d)t[4 * i + 3];
        r[4 * i] = (__m512)_mm512_unpacklo_pd(p, u);
        r[4 * i + 1] = (__m512)_mm512_unpackhi_pd(p, u);
        r[4 * i + 2] = (__m512)_mm512_unpacklo_pd(q, v);
        r[4 * i + 3] = (__m512)_mm512_unpackhi_pd(q, v);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        t[i] = _mm512_shuffle_f32x4(r[i], r[i + 4], 0x88);
        t[i + 4] = _mm512_shuffle_f32x4(r[i], r[i + 4], 0xdd);
        t[i + 8] = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0x88);
        t[i + 12] = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0xdd);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        _mm512_storeu_ps(d + i * dd, _mm512_shuffle_f32x4(t[i], t[i + 8], 0x88));
        _mm512_storeu_ps(d + (i + 8) * dd, _mm512_shuffle_f32x4(t[i], t[i + 8], 0xdd));
        _mm512_storeu_ps(d + (i + 4) * dd, _mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0x88));
        _mm512_storeu_ps(d + (i + 12) * dd, _mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0xdd));
    }
}
#endif

/* One panel of B, kc rows of whole vectors, zeros beyond the width. */
static void pack(float *p, const float *b, int64_t rb, int64_t cb, int64_t kc, int64_t width) {
    const int64_t padded = (width + RP_W - 1) / RP_W * RP_W;
    if (cb == 1) {
        for (int64_t k = 0; k < kc; k++) {
            for (int64_t j = 0; j < padded; j += RP_W) {
                vstore(p + k * padded + j, vloadn(b + k * rb + j, width - j));
            }
        }
        return;
    }
    int64_t k0 = 0;
#if defined(RP_AVX512)
    if (rb == 1) {
        for (; k0 + 16 <= kc; k0 += 16) {
            int64_t j = 0;
            for (; j + 16 <= width; j += 16) {
                transpose16(b + j * cb + k0, cb, p + k0 * padded + j, padded);
            }
            for (; j < padded; j++) {
                for (int64_t k = k0; k < k0 + 16; k++) {
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

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

void RP_NAME(gemm)(const rp_gemm *g, float *work) {
    const int direct = g->cb == 1 && (g->m <= 32 || g->k * g->n <= 4096);
    const int64_t blocks = (g->k + KC - 1) / KC;
    for (int64_t jc = 0; jc < g->n; jc += NC) {
        const int64_t nc = least(NC, g->n - jc);
        for (int64_t block = 0; block < blocks; block++) {
            const int64_t k0 = g->k * block / blocks;
            const int64_t kc = g->k * (block + 1) / blocks - k0;
            const int accumulate = g->accumulate || block > 0;
            const float *b = g->b + k0 * g->rb + jc * g->cb;
            const float *a = g->a + k0 * g->ca;
            if (!direct) {
                for (int64_t j = 0; j < nc; j += NR) {
                    pack(work + j * kc, b + j * g->cb, g->rb, g->cb, kc, least(NR, nc - j));
                }
            }
            for (int64_t i = 0; i < g->m; i += MC) {
                const int64_t end = least(g->m, i + MC);
                for (int64_t j = 0; j < nc; j += NR) {
                    const int64_t width = least(NR, nc - j);
                    const int64_t padded = (width + RP_W - 1) / RP_W * RP_W;
                    if (direct) {
                        panel(g, i, end, a, kc, b + j, g->rb, 1, jc + j, width, accumulate);
                    } else {
                        panel(g, i, end, a, kc, work + j * kc, padded, 0, jc + j, width,
                              accumulate);
                    }
                }
            }
        }
    }
}
