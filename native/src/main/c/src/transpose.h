/* Transposes in registers: transpose8 for up to 8 rows of 8, transpose for RP_TRANSPOSE squared. */
#ifndef RP_TRANSPOSE_H
#define RP_TRANSPOSE_H

#include "simd.h"

#if defined(RP_AVX2) || defined(RP_AVX512)
/* d[k * dd .. + 8] = column k of 8 columns of s; rows from the given number on repeat the last. All
 * 8 lanes are written, column by column. */
RP_INLINE void transpose8(const float *s, int64_t ld, int rows, float *d, int64_t dd) {
    __m256 r[8], t[8];
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) {
        r[i] = _mm256_loadu_ps(s + (i < rows ? i : rows - 1) * ld);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        t[2 * i] = _mm256_unpacklo_ps(r[2 * i], r[2 * i + 1]);
        t[2 * i + 1] = _mm256_unpackhi_ps(r[2 * i], r[2 * i + 1]);
    }
#pragma GCC unroll 2
    for (int i = 0; i < 2; i++) {
        r[4 * i] = _mm256_shuffle_ps(t[4 * i], t[4 * i + 2], 0x44);
        r[4 * i + 1] = _mm256_shuffle_ps(t[4 * i], t[4 * i + 2], 0xee);
        r[4 * i + 2] = _mm256_shuffle_ps(t[4 * i + 1], t[4 * i + 3], 0x44);
        r[4 * i + 3] = _mm256_shuffle_ps(t[4 * i + 1], t[4 * i + 3], 0xee);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        _mm256_storeu_ps(d + i * dd, _mm256_permute2f128_ps(r[i], r[i + 4], 0x20));
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
        _mm256_storeu_ps(d + (i + 4) * dd, _mm256_permute2f128_ps(r[i], r[i + 4], 0x31));
    }
}
#endif

#if defined(RP_AVX512)
#define RP_TRANSPOSE 16
/* 16 x 16 transpose by unpacking pairs, quads and quarters. */
RP_INLINE void transpose(const float *s, int64_t ld, float *d, int64_t dd) {
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
#elif defined(RP_AVX2)
#define RP_TRANSPOSE 8
RP_INLINE void transpose(const float *s, int64_t ld, float *d, int64_t dd) {
    transpose8(s, ld, 8, d, dd);
}
#endif

#endif
