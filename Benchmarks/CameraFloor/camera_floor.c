#include "camera_floor.h"

#include <stdio.h>
#include <zbar.h>

int camera_floor_read(
    const uint8_t *grey, unsigned width, unsigned height, char *texts, size_t limit) {
    static zbar_image_scanner_t *scanner;
    if (!scanner) {
        scanner = zbar_image_scanner_create();
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 1);
    }
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, width, height);
    zbar_image_set_data(image, grey, (unsigned long)width * height, NULL);
    int count = 0;
    size_t used = 0;
    texts[0] = 0;
    if (zbar_scan_image(scanner, image) > 0) {
        for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol;
             symbol = zbar_symbol_next(symbol)) {
            int length =
                snprintf(texts + used, limit - used, "%s\n", zbar_symbol_get_data(symbol));
            if (length < 0 || used + (size_t)length >= limit) break;
            used += (size_t)length;
            count++;
        }
    }
    zbar_image_destroy(image);
    return count;
}
