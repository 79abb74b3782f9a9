#pragma once
#include <stddef.h>
#include <stdint.h>

// Loops over pixels that a compiler turns into vector code. All pictures are 8-bit grey, row after
// row, without padding, unless a stride in bytes is given.

/// ITU-R BT.601 luma of packed RGB.
void cpixels_grey_from_rgb(const uint8_t *rgb, size_t pixels, uint8_t *grey);
/// Every second byte: the luma of YUYV.
void cpixels_grey_from_yuyv(
    const uint8_t *yuyv, size_t stride, size_t width, size_t height, uint8_t *grey);

/// What one square cell of a picture looks like: sums over its pixels of products of gradients.
typedef struct {
    float xx, yy, xy;
} cpixels_cell;

/// Fills (width / cell) * (height / cell) cells, row after row. `cell` is a multiple of 8.
void cpixels_gradients(
    const uint8_t *grey, size_t width, size_t height, size_t cell, cpixels_cell *cells);

/// Samples `source` bilinearly: the target's pixel (x, y) is the source's at
/// (matrix[0] + matrix[1] * x + matrix[2] * y, matrix[3] + matrix[4] * x + matrix[5] * y).
/// What lies outside is `fill`.
void cpixels_warp(
    const uint8_t *source, size_t width, size_t height, const float matrix[6], uint8_t fill,
    uint8_t *target, size_t target_width, size_t target_height);

/// Means of squares of `factor` pixels; the target is width / factor by height / factor.
void cpixels_shrink(
    const uint8_t *source, size_t width, size_t height, size_t factor, uint8_t *target);
/// Means over a box of (2 rx + 1) by (2 ry + 1), borders repeated. In place when both are the same.
void cpixels_smooth(
    const uint8_t *source, size_t width, size_t height, size_t rx, size_t ry, uint8_t *target);
/// source + amount * (source - smooth), clamped.
void cpixels_sharpen(
    const uint8_t *source, const uint8_t *smooth, size_t pixels, float amount, uint8_t *target);
void cpixels_invert(const uint8_t *source, size_t pixels, uint8_t *target);
/// Exchanges left and right of each row.
void cpixels_mirror(uint8_t *grey, size_t width, size_t height);

/// The mean difference, in 1/16 grey levels, of the most different of 8 by 8 tiles; looks at every
/// eighth pixel of every eighth row.
uint32_t cpixels_change(const uint8_t *one, const uint8_t *other, size_t width, size_t height);
