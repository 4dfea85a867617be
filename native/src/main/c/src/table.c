/* The function table of one instruction set; compiled once for each. */
#include "kernels.h"
#include "simd.h"

void RP_NAME(gemm)(const rp_gemm *, float *);
int64_t RP_NAME(multiply_adds)(int64_t);
void RP_NAME(unary)(int, float *, const float *, int64_t, int64_t);
void RP_NAME(unary_grad)(int, float *, const float *, const float *, int64_t, int64_t);
void RP_NAME(binary)(int, float *, const float *, const float *, int64_t, int64_t, int64_t);
void RP_NAME(affine)(float *, const float *, float, float, int64_t, int64_t);
void RP_NAME(reduce)(int, float *, const float *, int64_t, int64_t, int64_t);
void RP_NAME(layer_norm)(float *, float *, float *, const float *, const float *, const float *,
                         int64_t, float, int64_t, int64_t);
void RP_NAME(layer_norm_dx)(float *, const float *, const float *, const float *, const float *,
                            const float *, const float *, int64_t, int64_t, int64_t);
void RP_NAME(norm_dgain)(float *, float *, const float *, const float *, const float *,
                         const float *, int64_t, int64_t, int64_t, int64_t);
void RP_NAME(rms_norm)(float *, float *, const float *, const float *, int64_t, float, int64_t,
                       int64_t);
void RP_NAME(rms_norm_dx)(float *, const float *, const float *, const float *, const float *,
                          const float *, int64_t, int64_t, int64_t);
void RP_NAME(softmax)(float *, const float *, int64_t, int64_t, int64_t);
void RP_NAME(cross_entropy)(float *, float *, const float *, const int32_t *, int64_t, int64_t,
                            int64_t);
void RP_NAME(cross_entropy_grad)(float *, const float *, const int32_t *, const float *,
                                 const float *, int64_t, int64_t, int64_t);
int RP_NAME(cut_slopes)(float *, const int32_t *, const float *, const float *, float, int64_t,
                        int64_t);
void RP_NAME(kl)(float *, float *, const float *, const float *, const int32_t *, int64_t, int64_t,
                 int64_t);
void RP_NAME(kl_grad)(float *, const float *, const float *, const int32_t *, const float *,
                      const float *, int64_t, int64_t, int64_t);
void RP_NAME(attention)(const rp_attention *, float *, int64_t, int64_t);
void RP_NAME(attention_grad)(const rp_attention *, float *, int64_t, int64_t);
void RP_NAME(multi_head)(const rp_multi_head *, float *, int64_t, int64_t);
void RP_NAME(multi_head_grad)(const rp_multi_head *, float *, int64_t, int64_t);
void RP_NAME(rotate)(const rp_rotation *, float *, int64_t, int64_t);
void RP_NAME(project)(float *, const float *, const float *, const float *, int64_t, int64_t,
                      int64_t, int64_t, int64_t);
void RP_NAME(cache_attend)(const rp_cache_attend *, float *, int64_t, int64_t);
void RP_NAME(softmax_weights)(float *, const float *, int64_t, float, float *);
void RP_NAME(scatter_add)(float *, const int32_t *, const float *, int64_t, int64_t, int64_t,
                          int64_t);
double RP_NAME(sum_squares)(const float *, int64_t);
void RP_NAME(adamw)(const rp_adam *, float *, float *, float *, const float *, const float *,
                    const float *, const float *, int64_t, int64_t);
extern const struct rp_update_kernels RP_NAME(update_kernels);
extern const struct rp_gate_kernels RP_NAME(gate_kernels);
extern const struct rp_arrange_kernels RP_NAME(arrange_kernels);
extern const struct rp_curve_kernels RP_NAME(curve_kernels);
extern const struct rp_quantise_kernels RP_NAME(quantise_kernels);
extern const struct rp_conv_kernels RP_NAME(conv_kernels);
extern const struct rp_pool_kernels RP_NAME(pool_kernels);
extern const struct rp_bn_kernels RP_NAME(bn_kernels);

const rp_kernels RP_TABLE = {
    .width = RP_W,
    .gemm = RP_NAME(gemm),
    .multiply_adds = RP_NAME(multiply_adds),
    .unary = RP_NAME(unary),
    .unary_grad = RP_NAME(unary_grad),
    .binary = RP_NAME(binary),
    .affine = RP_NAME(affine),
    .reduce = RP_NAME(reduce),
    .layer_norm = RP_NAME(layer_norm),
    .layer_norm_dx = RP_NAME(layer_norm_dx),
    .norm_dgain = RP_NAME(norm_dgain),
    .rms_norm = RP_NAME(rms_norm),
    .rms_norm_dx = RP_NAME(rms_norm_dx),
    .softmax = RP_NAME(softmax),
    .cross_entropy = RP_NAME(cross_entropy),
    .cross_entropy_grad = RP_NAME(cross_entropy_grad),
    .cut_slopes = RP_NAME(cut_slopes),
    .kl = RP_NAME(kl),
    .kl_grad = RP_NAME(kl_grad),
    .attention = RP_NAME(attention),
    .attention_grad = RP_NAME(attention_grad),
    .multi_head = RP_NAME(multi_head),
    .multi_head_grad = RP_NAME(multi_head_grad),
    .rotate = RP_NAME(rotate),
    .project = RP_NAME(project),
    .cache_attend = RP_NAME(cache_attend),
    .softmax_weights = RP_NAME(softmax_weights),
    .scatter_add = RP_NAME(scatter_add),
    .sum_squares = RP_NAME(sum_squares),
    .adamw = RP_NAME(adamw),
    .update = &RP_NAME(update_kernels),
    .gates = &RP_NAME(gate_kernels),
    .arrange = &RP_NAME(arrange_kernels),
    .curves = &RP_NAME(curve_kernels),
    .quantise = &RP_NAME(quantise_kernels),
    .conv = &RP_NAME(conv_kernels),
    .pooling = &RP_NAME(pool_kernels),
    .batchnorm = &RP_NAME(bn_kernels),
};
