/* Windows of a pooling over images with channels last. */
#ifndef RP_POOL2D_H
#define RP_POOL2D_H

#include <stdint.h>

typedef struct {
    int64_t images, height, width, channels;
    int64_t ky, kx, sy, sx, py, px, oh, ow;
    int mean;
} rp_pool2d;

/* Ranges of images. */
struct rp_pool_kernels {
    void (*pool)(const rp_pool2d *g, float *y, const float *x, int64_t from, int64_t to);
    void (*grad)(const rp_pool2d *g, float *dx, const float *x, const float *y, const float *dy,
                 int64_t from, int64_t to);
};

#endif
