/* Maximum and mean over windows; channels are lanes. Ranges are images. */
#include "kernels.h"
#include "pool.h"
#include "simd.h"

/* Part of a window inside the image. */
static void window(int64_t o, int64_t k, int64_t s, int64_t p, int64_t n, int64_t *from,
                   int64_t *to) {
    const int64_t first = o * s - p;
    *from = first < 0 ? 0 : first;
    *to = first + k > n ? n : first + k;
}

#define WINDOWS                                                                                    \
    for (int64_t n = from; n < to; n++)                                                            \
        for (int64_t oy = 0; oy < g->oh; oy++)                                                     \
            for (int64_t ox = 0; ox < g->ow; ox++)

static void pool(const rp_pool2d *g, float *y, const float *x, int64_t from, int64_t to) {
    const int64_t c = g->channels;
    const float share = 1.0f / (float)(g->ky * g->kx);
    WINDOWS {
        int64_t y0, y1, x0, x1;
        window(oy, g->ky, g->sy, g->py, g->height, &y0, &y1);
        window(ox, g->kx, g->sx, g->px, g->width, &x0, &x1);
        const float *image = x + n * g->height * g->width * c;
        float *out = y + ((n * g->oh + oy) * g->ow + ox) * c;
        for (int64_t j = 0; j < c; j += RP_W) {
            vf s = g->mean ? vset(0) : vloadn(image + (y0 * g->width + x0) * c + j, c - j);
            for (int64_t iy = y0; iy < y1; iy++) {
                for (int64_t ix = x0; ix < x1; ix++) {
                    const vf v = vloadn(image + (iy * g->width + ix) * c + j, c - j);
                    s = g->mean ? s + v : vmax(s, v);
                }
            }
            vstoren(out + j, g->mean ? s * share : s, c - j);
        }
    }
}

/* dx += dy / size of the window, or dy where x is the first element equal to y. */
static void pool_grad(const rp_pool2d *g, float *dx, const float *x, const float *y,
                        const float *dy, int64_t from, int64_t to) {
    const int64_t c = g->channels, image = g->height * g->width * c;
    const float share = 1.0f / (float)(g->ky * g->kx);
    memset(dx + from * image, 0, (size_t)((to - from) * image) * sizeof *dx);
    WINDOWS {
        int64_t y0, y1, x0, x1;
        window(oy, g->ky, g->sy, g->py, g->height, &y0, &y1);
        window(ox, g->kx, g->sx, g->px, g->width, &x0, &x1);
        const int64_t out = ((n * g->oh + oy) * g->ow + ox) * c;
        for (int64_t j = 0; j < c; j += RP_W) {
            vf d = vloadn(dy + out + j, c - j);
            vf top = g->mean ? vset(0) : vloadn(y + out + j, c - j);
            if (g->mean) {
                d = d * share;
            }
            for (int64_t iy = y0; iy < y1; iy++) {
                for (int64_t ix = x0; ix < x1; ix++) {
                    const int64_t at = n * image + (iy * g->width + ix) * c + j;
                    vf add = d;
                    if (!g->mean) {
                        const vi hit = vloadn(x + at, c - j) == top;
                        add = (vf)((vi)d & hit);
                        d = (vf)((vi)d & ~hit); /* given away */
                    }
                    vstoren(dx + at, vloadn(dx + at, c - j) + add, c - j);
                }
            }
        }
    }
}

const struct rp_pool_kernels RP_NAME(pool_kernels) = {.pool = pool, .grad = pool_grad};
