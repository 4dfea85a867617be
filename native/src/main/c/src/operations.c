/* The operations that stand in files of their own, by opcode. */
#include "operation.h"

#define RP_OPERATION(name)                                                                         \
    void rp_check_##name(struct rp_check_state *c);                                                \
    int32_t rp_run_##name(struct rp_call *c, rp_message m);

/* fused: ops_fused.c */
RP_OPERATION(dense)
RP_OPERATION(dense_weight_grad)
RP_OPERATION(norm_grad_add)
RP_OPERATION(scatter_onto)
RP_OPERATION(linear_cross_entropy)
/* ops_cut.c */
RP_OPERATION(cut_cross_entropy)
RP_OPERATION(cut_cross_entropy_grad)

/* convolution and batch normalisation: ops_conv.c */
RP_OPERATION(conv)
RP_OPERATION(conv_input)
RP_OPERATION(conv_weight)
RP_OPERATION(pool)
RP_OPERATION(pool_grad)
RP_OPERATION(batch_norm)
RP_OPERATION(batch_norm_grad)
RP_OPERATION(batch)
RP_OPERATION(labels)
RP_OPERATION(noisy_labels)
RP_OPERATION(correct)
RP_OPERATION(augment)
RP_OPERATION(retell)

/* attention of all kinds, experts: ops_attend.c */
RP_OPERATION(multi_head)
RP_OPERATION(multi_head_grad)
RP_OPERATION(rotary_embedding)
/* ops_decode.c, ops_sample.c */
RP_OPERATION(project)
RP_OPERATION(cache_append)
RP_OPERATION(cache_attend)
RP_OPERATION(tokens_at)
RP_OPERATION(positions_at)
RP_OPERATION(advance)
RP_OPERATION(sample_next)
/* ops_experts.c */
RP_OPERATION(route)
RP_OPERATION(pick)
RP_OPERATION(pick_grad)
RP_OPERATION(dispatch)
RP_OPERATION(combine)
RP_OPERATION(slot_dots)
RP_OPERATION(grouped_mat_mul)
RP_OPERATION(grouped_outer)

/* orderings, linear algebra, low precision, further optimisers */
RP_OPERATION(update)
RP_OPERATION(adafactor)
RP_OPERATION(rate_decay)
RP_OPERATION(quantise)
RP_OPERATION(map)
RP_OPERATION(map_grad)
RP_OPERATION(zip)
RP_OPERATION(select)
RP_OPERATION(scan)
RP_OPERATION(scan_grad)
RP_OPERATION(best)
RP_OPERATION(order)
RP_OPERATION(take_along)
RP_OPERATION(put_along)
RP_OPERATION(one_hot)
RP_OPERATION(concat)
RP_OPERATION(reverse)
RP_OPERATION(band)
RP_OPERATION(iota)
RP_OPERATION(dropout)
RP_OPERATION(label_noise)
RP_OPERATION(smoothed)
RP_OPERATION(smoothed_grad)
RP_OPERATION(finite)
RP_OPERATION(factor)
RP_OPERATION(fft)
RP_OPERATION(walsh)
RP_OPERATION(lstm)
RP_OPERATION(lstm_grad)
RP_OPERATION(gru)
RP_OPERATION(gru_grad)

/* chains: ops_chain.c */
RP_OPERATION(chain)

const rp_operation rp_operations[RP_OPCODES] = {
    [RP_FILL_F32] = {0},

    /* fused */
    [RP_DENSE] = {"dense", 14, rp_check_dense, rp_run_dense},
    [RP_DENSE_WEIGHT_GRAD] = {"dense_weight_grad", 9, rp_check_dense_weight_grad,
                              rp_run_dense_weight_grad},
    [RP_NORM_GRAD_ADD] = {"norm_grad_add", 13, rp_check_norm_grad_add, rp_run_norm_grad_add},
    [RP_SCATTER_ONTO] = {"scatter_onto", 9, rp_check_scatter_onto, rp_run_scatter_onto},
    [RP_LINEAR_CROSS_ENTROPY] = {"linear_cross_entropy", 14, rp_check_linear_cross_entropy,
                                 rp_run_linear_cross_entropy},
    [RP_CUT_CROSS_ENTROPY] = {"cut_cross_entropy", 10, rp_check_cut_cross_entropy,
                              rp_run_cut_cross_entropy},
    [RP_CUT_CROSS_ENTROPY_GRAD] = {"cut_cross_entropy_grad", 15, rp_check_cut_cross_entropy_grad,
                                   rp_run_cut_cross_entropy_grad},

    /* convolution and batch normalisation */
    [RP_CONV] = {"conv2d", 19, rp_check_conv, rp_run_conv},
    [RP_CONV_INPUT] = {"conv2d_input_grad", 19, rp_check_conv_input, rp_run_conv_input},
    [RP_CONV_WEIGHT] = {"conv2d_weight_grad", 19, rp_check_conv_weight, rp_run_conv_weight},
    [RP_POOL] = {"pool2d", 15, rp_check_pool, rp_run_pool},
    [RP_POOL_GRAD] = {"pool2d_grad", 17, rp_check_pool_grad, rp_run_pool_grad},
    [RP_BATCH_NORM] = {"batch_norm", 13, rp_check_batch_norm, rp_run_batch_norm},
    [RP_BATCH_NORM_GRAD] = {"batch_norm_grad", 17, rp_check_batch_norm_grad,
                            rp_run_batch_norm_grad},
    [RP_BATCH] = {"batch", 9, rp_check_batch, rp_run_batch},
    [RP_LABELS] = {"labels", 7, rp_check_labels, rp_run_labels},
    [RP_NOISY_LABELS] = {"noisy_labels", 10, rp_check_noisy_labels, rp_run_noisy_labels},
    [RP_CORRECT] = {"correct", 7, rp_check_correct, rp_run_correct},
    [RP_AUGMENT] = {"augment", 12, rp_check_augment, rp_run_augment},
    [RP_RETELL] = {"retell", 19, rp_check_retell, rp_run_retell},

    /* attention of all kinds, experts */
    [RP_MULTI_HEAD] = {"multi_head", 15, rp_check_multi_head, rp_run_multi_head},
    [RP_MULTI_HEAD_GRAD] = {"multi_head_grad", 19, rp_check_multi_head_grad,
                            rp_run_multi_head_grad},
    [RP_ROTARY_EMBEDDING] = {"rotary_embedding", 14, rp_check_rotary_embedding,
                             rp_run_rotary_embedding},
    [RP_PROJECT] = {"project", 9, rp_check_project, rp_run_project},
    [RP_CACHE_APPEND] = {"cache_append", 13, rp_check_cache_append, rp_run_cache_append},
    [RP_CACHE_ATTEND] = {"cache_attend", 14, rp_check_cache_attend, rp_run_cache_attend},
    [RP_TOKENS_AT] = {"tokens_at", 8, rp_check_tokens_at, rp_run_tokens_at},
    [RP_POSITIONS_AT] = {"positions_at", 7, rp_check_positions_at, rp_run_positions_at},
    [RP_ADVANCE] = {"advance", 7, rp_check_advance, rp_run_advance},
    [RP_SAMPLE_NEXT] = {"sample_next", 31, rp_check_sample_next, rp_run_sample_next},
    [RP_ROUTE] = {"route", 10, rp_check_route, rp_run_route},
    [RP_PICK] = {"pick", 8, rp_check_pick, rp_run_pick},
    [RP_PICK_GRAD] = {"pick_grad", 8, rp_check_pick_grad, rp_run_pick_grad},
    [RP_DISPATCH] = {"dispatch", 10, rp_check_dispatch, rp_run_dispatch},
    [RP_COMBINE] = {"combine", 10, rp_check_combine, rp_run_combine},
    [RP_SLOT_DOTS] = {"slot_dots", 10, rp_check_slot_dots, rp_run_slot_dots},
    [RP_GROUPED_MAT_MUL] = {"grouped_mat_mul", 11, rp_check_grouped_mat_mul, rp_run_grouped_mat_mul},
    [RP_GROUPED_OUTER] = {"grouped_outer", 10, rp_check_grouped_outer, rp_run_grouped_outer},

    /* orderings, linear algebra, low precision, further optimisers */
    [RP_UPDATE] = {"update", 18, rp_check_update, rp_run_update},
    [RP_ADAFACTOR] = {"adafactor", 21, rp_check_adafactor, rp_run_adafactor},
    [RP_RATE_DECAY] = {"rate_decay", 10, rp_check_rate_decay, rp_run_rate_decay},
    [RP_QUANTISE] = {"quantise", 16, rp_check_quantise, rp_run_quantise},
    [RP_MAP] = {"map", 8, rp_check_map, rp_run_map},
    [RP_MAP_GRAD] = {"map_grad", 9, rp_check_map_grad, rp_run_map_grad},
    [RP_ZIP] = {"zip", 20, rp_check_zip, rp_run_zip},
    [RP_SELECT] = {"select", 7, rp_check_select, rp_run_select},
    [RP_SCAN] = {"scan", 9, rp_check_scan, rp_run_scan},
    [RP_SCAN_GRAD] = {"scan_grad", 11, rp_check_scan_grad, rp_run_scan_grad},
    [RP_BEST] = {"best", 8, rp_check_best, rp_run_best},
    [RP_ORDER] = {"order", 10, rp_check_order, rp_run_order},
    [RP_TAKE_ALONG] = {"take_along", 9, rp_check_take_along, rp_run_take_along},
    [RP_PUT_ALONG] = {"put_along", 9, rp_check_put_along, rp_run_put_along},
    [RP_ONE_HOT] = {"one_hot", 6, rp_check_one_hot, rp_run_one_hot},
    [RP_CONCAT] = {"concat", 0, rp_check_concat, rp_run_concat},
    [RP_REVERSE] = {"reverse", 7, rp_check_reverse, rp_run_reverse},
    [RP_BAND] = {"band", 9, rp_check_band, rp_run_band},
    [RP_IOTA] = {"iota", 4, rp_check_iota, rp_run_iota},
    [RP_DROPOUT] = {"dropout", 8, rp_check_dropout, rp_run_dropout},
    [RP_LABEL_NOISE] = {"label_noise", 9, rp_check_label_noise, rp_run_label_noise},
    [RP_SMOOTHED] = {"smoothed", 10, rp_check_smoothed, rp_run_smoothed},
    [RP_SMOOTHED_GRAD] = {"smoothed_grad", 11, rp_check_smoothed_grad, rp_run_smoothed_grad},
    [RP_FINITE] = {"finite", 5, rp_check_finite, rp_run_finite},
    [RP_FACTOR] = {"factor", 13, rp_check_factor, rp_run_factor},
    [RP_FFT] = {"fft", 7, rp_check_fft, rp_run_fft},
    [RP_WALSH] = {"walsh", 6, rp_check_walsh, rp_run_walsh},
    [RP_LSTM] = {"lstm", 8, rp_check_lstm, rp_run_lstm},
    [RP_LSTM_GRAD] = {"lstm_grad", 11, rp_check_lstm_grad, rp_run_lstm_grad},
    [RP_GRU] = {"gru", 8, rp_check_gru, rp_run_gru},
    [RP_GRU_GRAD] = {"gru_grad", 11, rp_check_gru_grad, rp_run_gru_grad},

    /* chains */
    [RP_CHAIN] = {"elementwise_chain", 0, rp_check_chain, rp_run_chain},
};
