/*
 * Vectors of RP_W floats through the compiler's vector extension, with intrinsics where it has no
 * words: partial loads and stores, broadcast. RP_W is 16 for AVX-512, 8 for AVX2, 4 elsewhere (SSE2
 * and NEON by the compiler's own choice).
 */
#ifndef RP_SIMD_H
#define RP_SIMD_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(RP_AVX512)
#include <immintrin.h>
#define RP_W 16
#define RP_NAME(x) rp_avx512_##x
#define RP_TABLE rp_kernels_avx512
#elif defined(RP_AVX2)
#include <immintrin.h>
#define RP_W 8
#define RP_NAME(x) rp_avx2_##x
#define RP_TABLE rp_kernels_avx2
#else
/* RP_EMULATE_WIDTH=16 in RP_CFLAGS builds the portable kernels with the tiles and tails of AVX-512, so
 * that they can be tested on a processor without it. */
#if defined(RP_EMULATE_WIDTH)
#define RP_W RP_EMULATE_WIDTH
#else
#define RP_W 4
#endif
#define RP_NAME(x) rp_portable_##x
#define RP_TABLE rp_kernels_portable
#endif

#define RP_INLINE static inline __attribute__((always_inline, unused))
#define RP_BYTES (4 * RP_W)

typedef float vf __attribute__((vector_size(RP_BYTES)));
typedef int32_t vi __attribute__((vector_size(RP_BYTES)));
typedef float vfu __attribute__((vector_size(RP_BYTES), aligned(4), may_alias));

RP_INLINE vf vload(const float *p) { return (vf) * (const vfu *)p; }
RP_INLINE void vstore(float *p, vf x) { *(vfu *)p = (vfu)x; }

#if defined(RP_AVX512)
RP_INLINE vf vset(float x) { return (vf)_mm512_set1_ps(x); }
RP_INLINE __mmask16 vmask(int64_t n) { return (__mmask16)((1u << n) - 1u); }
RP_INLINE vf vloadn(const float *p, int64_t n) {
    return n >= RP_W ? vload(p) : (vf)_mm512_maskz_loadu_ps(vmask(n), p);
}
RP_INLINE void vstoren(float *p, vf x, int64_t n) {
    if (n >= RP_W) {
        vstore(p, x);
    } else {
        _mm512_mask_storeu_ps(p, vmask(n), (__m512)x);
    }
}
RP_INLINE vf vsqrt(vf x) { return (vf)_mm512_sqrt_ps((__m512)x); }
RP_INLINE vf vmax(vf a, vf b) { return (vf)_mm512_max_ps((__m512)a, (__m512)b); }
RP_INLINE vf vmin(vf a, vf b) { return (vf)_mm512_min_ps((__m512)a, (__m512)b); }
#elif defined(RP_AVX2)
RP_INLINE vf vset(float x) { return (vf)_mm256_set1_ps(x); }
RP_INLINE __m256i vmask(int64_t n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
RP_INLINE vf vloadn(const float *p, int64_t n) {
    return n >= RP_W ? vload(p) : (vf)_mm256_maskload_ps(p, vmask(n));
}
RP_INLINE void vstoren(float *p, vf x, int64_t n) {
    if (n >= RP_W) {
        vstore(p, x);
    } else {
        _mm256_maskstore_ps(p, vmask(n), (__m256)x);
    }
}
RP_INLINE vf vsqrt(vf x) { return (vf)_mm256_sqrt_ps((__m256)x); }
RP_INLINE vf vmax(vf a, vf b) { return (vf)_mm256_max_ps((__m256)a, (__m256)b); }
RP_INLINE vf vmin(vf a, vf b) { return (vf)_mm256_min_ps((__m256)a, (__m256)b); }
#else
RP_INLINE vf vset(float x) {
    vf r;
    for (int i = 0; i < RP_W; i++) {
        r[i] = x;
    }
    return r;
}
RP_INLINE vf vloadn(const float *p, int64_t n) {
    vf r = {0};
    for (int64_t i = 0; i < n && i < RP_W; i++) {
        r[i] = p[i];
    }
    return r;
}
RP_INLINE void vstoren(float *p, vf x, int64_t n) {
    for (int64_t i = 0; i < n && i < RP_W; i++) {
        p[i] = x[i];
    }
}
RP_INLINE vf vsqrt(vf x) {
    for (int i = 0; i < RP_W; i++) {
        x[i] = sqrtf(x[i]);
    }
    return x;
}
/* As the x86 instructions: the second operand where one is NaN. */
RP_INLINE vf vmax(vf a, vf b) {
    vi m = a > b;
    return (vf)(((vi)a & m) | ((vi)b & ~m));
}
RP_INLINE vf vmin(vf a, vf b) {
    vi m = a < b;
    return (vf)(((vi)a & m) | ((vi)b & ~m));
}
#endif

/* Sum and maximum of the lanes by halves, always in the same order; vfirst takes lanes below n of x
 * and the others of y. */
#if defined(RP_AVX512) || defined(RP_AVX2)
RP_INLINE __m128 vfold(__m128 x, const int maximum) {
    __m128 h = _mm_movehl_ps(x, x);
    x = maximum ? _mm_max_ps(x, h) : _mm_add_ps(x, h);
    h = _mm_shuffle_ps(x, x, 1);
    return maximum ? _mm_max_ss(x, h) : _mm_add_ss(x, h);
}
RP_INLINE __m128 vfold8(__m256 x, const int maximum) {
    const __m128 a = _mm256_castps256_ps128(x), b = _mm256_extractf128_ps(x, 1);
    return vfold(maximum ? _mm_max_ps(a, b) : _mm_add_ps(a, b), maximum);
}
#endif
#if defined(RP_AVX512)
RP_INLINE __m128 vfold16(__m512 x, const int maximum) {
    const __m256 a = _mm512_castps512_ps256(x), b = _mm512_extractf32x8_ps(x, 1);
    return vfold8(maximum ? _mm256_max_ps(a, b) : _mm256_add_ps(a, b), maximum);
}
RP_INLINE float vsum(vf x) { return _mm_cvtss_f32(vfold16((__m512)x, 0)); }
RP_INLINE float vmaximum(vf x) { return _mm_cvtss_f32(vfold16((__m512)x, 1)); }
RP_INLINE vf vfirst(vf x, vf y, int64_t n) {
    return n >= RP_W ? x : (vf)_mm512_mask_mov_ps((__m512)y, vmask(n), (__m512)x);
}
#elif defined(RP_AVX2)
RP_INLINE float vsum(vf x) { return _mm_cvtss_f32(vfold8((__m256)x, 0)); }
RP_INLINE float vmaximum(vf x) { return _mm_cvtss_f32(vfold8((__m256)x, 1)); }
RP_INLINE vf vfirst(vf x, vf y, int64_t n) {
    return n >= RP_W
               ? x
               : (vf)_mm256_blendv_ps((__m256)y, (__m256)x, _mm256_castsi256_ps(vmask(n)));
}
#else
RP_INLINE float vsum(vf x) {
    for (int h = RP_W / 2; h > 0; h /= 2) {
        for (int i = 0; i < h; i++) {
            x[i] += x[i + h];
        }
    }
    return x[0];
}
RP_INLINE float vmaximum(vf x) {
    for (int h = RP_W / 2; h > 0; h /= 2) {
        for (int i = 0; i < h; i++) {
            x[i] = x[i] > x[i + h] ? x[i] : x[i + h];
        }
    }
    return x[0];
}
RP_INLINE vf vfirst(vf x, vf y, int64_t n) {
    for (int i = 0; i < RP_W; i++) {
        x[i] = i < n ? x[i] : y[i];
    }
    return x;
}
#endif

/* Keeps the compiler from merging what it knows about x with what follows. */
#if defined(__x86_64__) && RP_W > 4 && (defined(RP_AVX2) || defined(RP_AVX512))
#define RP_OPAQUE(x) __asm__ volatile("" : "+x"(x))
#else
#define RP_OPAQUE(x) __asm__ volatile("" : "+m"(x))
#endif

RP_INLINE vi viset(int32_t x) { return (vi){0} + x; }

/*
 * e^x for x in [-87, 88], clamped outside; NaN stays NaN. x = n ln 2 + r, |r| <= ln 2 / 2; the
 * polynomial is Cephes' expf (Moshier). Relative error below 2e-7.
 */
RP_INLINE vf vexp(vf x) {
    x = vmin(vset(88.0f), vmax(vset(-87.0f), x));
    vf magic = vset(12582912.0f); /* 1.5 * 2^23: adding rounds to an integer */
    vf t = x * 1.44269504f + magic;
    vf n = t - magic;
    vf r = x - n * 0.693359375f;
    r = r + n * 2.12194440e-4f;
    vf p = vset(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + (r + 1.0f);
    vi bits = (((vi)t - (vi)magic) << 23) + viset(0x3f800000);
    return p * (vf)bits;
}

/* 1/(1 + e^-x). */
RP_INLINE vf vsigmoid(vf x) { return 1.0f / (1.0f + vexp(-x)); }

/* tanh: 1 - 2/(e^2x + 1), and its Taylor polynomial near 0 where that cancels. */
RP_INLINE vf vtanh(vf x) {
    vf far = 1.0f - 2.0f / (vexp(x + x) + 1.0f);
    vf s = x * x;
    vf q = s * 0.0088632355f - 0.021869488f;
    q = q * s + 0.053968254f;
    q = q * s - 0.13333333f;
    q = q * s + 0.33333333f;
    vf near = x - x * s * q;
    vi small = (s < 0.16f);
    return (vf)(((vi)near & small) | ((vi)far & ~small));
}

#endif
