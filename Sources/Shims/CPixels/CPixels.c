#include "CPixels.h"

#include <stdlib.h>
#include <string.h>

void cpixels_grey_from_rgb(const uint8_t *rgb, size_t pixels, uint8_t *grey) {
    for (size_t i = 0; i < pixels; i++) {
        uint32_t sum = 19595u * rgb[3 * i] + 38470u * rgb[3 * i + 1] + 7471u * rgb[3 * i + 2];
        grey[i] = (uint8_t)((sum + 32768u) >> 16);
    }
}

void cpixels_grey_from_yuyv(
    const uint8_t *yuyv, size_t stride, size_t width, size_t height, uint8_t *grey) {
    for (size_t y = 0; y < height; y++) {
        const uint8_t *from = yuyv + y * stride;
        uint8_t *to = grey + y * width;
        for (size_t x = 0; x < width; x++) {
            to[x] = from[2 * x];
        }
    }
}

// Differences of 8-bit pixels: a product fits in 17 bits, eight rows of eight of them in 32.
static void add_cell_row(const uint8_t *row, size_t stride, size_t cell, int32_t sums[3]) {
    int32_t xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < cell; i++) {
        int32_t gx = (int32_t)row[i + 1] - (int32_t)row[i];
        int32_t gy = (int32_t)row[i + stride] - (int32_t)row[i];
        xx += gx * gx;
        yy += gy * gy;
        xy += gx * gy;
    }
    sums[0] += xx;
    sums[1] += yy;
    sums[2] += xy;
}

void cpixels_gradients(
    const uint8_t *grey, size_t width, size_t height, size_t cell, cpixels_cell *cells) {
    size_t columns = width / cell, rows = height / cell;
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            // The last pixel and the last row have no neighbour to differ from.
            size_t across = (c + 1) * cell < width ? cell : cell - 1;
            size_t down = (r + 1) * cell < height ? cell : cell - 1;
            int32_t sums[3] = {0, 0, 0};
            const uint8_t *corner = grey + r * cell * width + c * cell;
            // Every second row is enough to tell bars from a desk.
            for (size_t y = 0; y < down; y += 2) {
                add_cell_row(corner + y * width, width, across, sums);
            }
            cells[r * columns + c] = (cpixels_cell){(float)sums[0], (float)sums[1], (float)sums[2]};
        }
    }
}

static uint8_t sample(
    const uint8_t *source, size_t width, size_t height, int32_t x, int32_t y, uint8_t fill) {
    int32_t left = x >> 12, top = y >> 12;
    if (left < 0 || top < 0 || left + 1 >= (int32_t)width || top + 1 >= (int32_t)height) {
        return fill;
    }
    const uint8_t *corner = source + (size_t)top * width + (size_t)left;
    uint32_t fx = (uint32_t)(x >> 4) & 255, fy = (uint32_t)(y >> 4) & 255;
    uint32_t upper = corner[0] * (256 - fx) + corner[1] * fx;
    uint32_t lower = corner[width] * (256 - fx) + corner[width + 1] * fx;
    return (uint8_t)((upper * (256 - fy) + lower * fy + 32768) >> 16);
}

void cpixels_warp(
    const uint8_t *source, size_t width, size_t height, const float matrix[6], uint8_t fill,
    uint8_t *target, size_t target_width, size_t target_height) {
    int32_t dx = (int32_t)(matrix[1] * 4096), dy = (int32_t)(matrix[4] * 4096);
    for (size_t row = 0; row < target_height; row++) {
        int32_t x = (int32_t)((matrix[0] + matrix[2] * (float)row) * 4096);
        int32_t y = (int32_t)((matrix[3] + matrix[5] * (float)row) * 4096);
        uint8_t *to = target + row * target_width;
        for (size_t column = 0; column < target_width; column++, x += dx, y += dy) {
            to[column] = sample(source, width, height, x, y, fill);
        }
    }
}

void cpixels_shrink(
    const uint8_t *source, size_t width, size_t height, size_t factor, uint8_t *target) {
    size_t columns = width / factor, rows = height / factor;
    uint32_t area = (uint32_t)(factor * factor);
    for (size_t y = 0; y < rows; y++) {
        for (size_t x = 0; x < columns; x++) {
            const uint8_t *corner = source + y * factor * width + x * factor;
            uint32_t sum = area / 2;
            for (size_t j = 0; j < factor; j++) {
                for (size_t i = 0; i < factor; i++) {
                    sum += corner[j * width + i];
                }
            }
            target[y * columns + x] = (uint8_t)(sum / area);
        }
    }
}

static size_t clamped(ptrdiff_t index, size_t count) {
    return index < 0 ? 0 : (size_t)index >= count ? count - 1 : (size_t)index;
}

static void smooth_row(const uint8_t *from, size_t width, size_t radius, uint8_t *to) {
    uint32_t sum = 0, count = (uint32_t)(2 * radius + 1);
    for (ptrdiff_t i = -(ptrdiff_t)radius; i <= (ptrdiff_t)radius; i++) {
        sum += from[clamped(i, width)];
    }
    for (size_t x = 0; x < width; x++) {
        to[x] = (uint8_t)((sum + count / 2) / count);
        sum += from[clamped((ptrdiff_t)(x + radius) + 1, width)];
        sum -= from[clamped((ptrdiff_t)x - (ptrdiff_t)radius, width)];
    }
}

void cpixels_smooth(
    const uint8_t *source, size_t width, size_t height, size_t rx, size_t ry, uint8_t *target) {
    uint8_t *across = malloc(width * height);
    uint16_t *sums = calloc(width, sizeof(uint16_t));
    if (across && sums) {
        for (size_t y = 0; y < height; y++) {
            smooth_row(source + y * width, width, rx, across + y * width);
        }
        uint32_t count = (uint32_t)(2 * ry + 1);
        for (ptrdiff_t j = -(ptrdiff_t)ry; j <= (ptrdiff_t)ry; j++) {
            const uint8_t *row = across + clamped(j, height) * width;
            for (size_t x = 0; x < width; x++) sums[x] = (uint16_t)(sums[x] + row[x]);
        }
        for (size_t y = 0; y < height; y++) {
            const uint8_t *next = across + clamped((ptrdiff_t)(y + ry) + 1, height) * width;
            const uint8_t *last = across + clamped((ptrdiff_t)y - (ptrdiff_t)ry, height) * width;
            uint8_t *to = target + y * width;
            for (size_t x = 0; x < width; x++) {
                to[x] = (uint8_t)((sums[x] + count / 2) / count);
                sums[x] = (uint16_t)(sums[x] + next[x] - last[x]);
            }
        }
    } else if (target != source) {
        memcpy(target, source, width * height);
    }
    free(across);
    free(sums);
}

void cpixels_sharpen(
    const uint8_t *source, const uint8_t *smooth, size_t pixels, float amount, uint8_t *target) {
    int32_t weight = (int32_t)(amount * 256);
    for (size_t i = 0; i < pixels; i++) {
        int32_t value = source[i] + ((((int32_t)source[i] - smooth[i]) * weight) >> 8);
        target[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

void cpixels_invert(const uint8_t *source, size_t pixels, uint8_t *target) {
    for (size_t i = 0; i < pixels; i++) target[i] = (uint8_t)(255 - source[i]);
}

void cpixels_mirror(uint8_t *grey, size_t width, size_t height) {
    for (size_t y = 0; y < height; y++) {
        uint8_t *row = grey + y * width;
        for (size_t x = 0; x < width / 2; x++) {
            uint8_t left = row[x];
            row[x] = row[width - 1 - x];
            row[width - 1 - x] = left;
        }
    }
}

uint32_t cpixels_change(const uint8_t *one, const uint8_t *other, size_t width, size_t height) {
    uint32_t worst = 0;
    for (size_t tile = 0; tile < 64; tile++) {
        size_t left = width * (tile % 8) / 8, right = width * (tile % 8 + 1) / 8;
        size_t top = height * (tile / 8) / 8, bottom = height * (tile / 8 + 1) / 8;
        uint32_t sum = 0, count = 0;
        for (size_t y = top; y < bottom; y += 8) {
            for (size_t x = left; x < right; x += 8, count++) {
                int32_t difference = (int32_t)one[y * width + x] - (int32_t)other[y * width + x];
                sum += (uint32_t)abs(difference);
            }
        }
        uint32_t mean = count ? sum * 16 / count : 0;
        if (mean > worst) worst = mean;
    }
    return worst;
}
