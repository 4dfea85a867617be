/* Extents of a convolution over images [images, height, width, channels] with weights
 * [ky, kx, channels / groups, out] to images [images, oh, ow, out]. */
#ifndef RP_CONV_H
#define RP_CONV_H

#include <stdint.h>

#define RP_CONV_TAPS 1024   /* most ky x kx */
#define RP_CONV_BAND 24576  /* floats of a band of rows that should stay in L2 */
#define RP_CONV_BLOCK 3072  /* the same for L1, where weights get their gradient */
#define RP_CONV_PARTIAL (1 << 19) /* most floats of partial gradients of weights */
#define RP_CONV_UNITS 16    /* parts that the gradient of weights is cut into */

typedef struct {
    int64_t images, height, width, channels;
    int64_t ky, kx, out, groups;
    int64_t sy, sx, py, px, dy, dx; /* stride, padding, dilation */
    int64_t oh, ow;
} rp_conv;

/* Images are cut into parts for the gradient of weights by shapes alone, never by threads. */
static inline __attribute__((unused)) int64_t rp_conv_parts(const rp_conv *g) {
    const int64_t size = g->ky * g->kx * (g->channels / g->groups) * g->out;
    int64_t parts = RP_CONV_PARTIAL / size;
    parts = parts > RP_CONV_UNITS ? RP_CONV_UNITS : parts;
    parts = parts > g->images ? g->images : parts;
    return parts < 1 ? 1 : parts;
}

/* Parts of the weights, so that there are some RP_CONV_UNITS units of work. */
static inline __attribute__((unused)) int64_t rp_conv_slices(const rp_conv *g) {
    return RP_CONV_UNITS / rp_conv_parts(g);
}

/* Columns of zeros left and right of a row of dy that the gradient of the input reads. */
static inline __attribute__((unused)) void rp_conv_margins(const rp_conv *g, int64_t *left,
                                                           int64_t *right) {
    const int64_t low = g->px - (g->kx - 1) * g->dx;
    *left = low < 0 ? (-low + g->sx - 1) / g->sx : 0;
    const int64_t last = (g->width - 1 + g->px) / g->sx;
    *right = last > g->ow - 1 ? last - (g->ow - 1) : 0;
}

/* Ranges of images; of weight: of rp_conv_parts x rp_conv_slices units; of fold: of weights. */
struct rp_conv_kernels {
    void (*forward)(const rp_conv *g, float *y, const float *x, const float *w, float *work,
                    int64_t from, int64_t to);
    void (*input)(const rp_conv *g, float *dx, const float *dy, const float *w, float *work,
                  int64_t from, int64_t to);
    void (*weight)(const rp_conv *g, float *partial, const float *x, const float *dy, float *work,
                   int64_t from, int64_t to);
    void (*fold)(float *y, const float *partial, int64_t parts, int64_t size, int64_t from,
                 int64_t to);
};

#endif
