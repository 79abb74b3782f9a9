#include "czxing.h"

#include <ZXing/ZXVersion.h>

int czxing_version(void) {
    return ZXING_VERSION_MAJOR * 10000 + ZXING_VERSION_MINOR * 100 + ZXING_VERSION_PATCH;
}
