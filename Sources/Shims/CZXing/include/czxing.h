#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version of ZXing-C++ that this was built with, as major * 10,000 + minor * 100 + patch.
int czxing_version(void);

enum {
    /// One code only. Its search for several can fail an assertion.
    CZXING_ONE = 1,
    /// Look closer, and in more directions.
    CZXING_THOROUGH = 2,
    /// One threshold for the whole picture in place of local ones.
    CZXING_ONE_THRESHOLD = 4,
    /// Matrix codes only.
    CZXING_MATRIX = 8,
    /// Linear codes only.
    CZXING_LINEAR = 16,
};

/// Reads the codes of a grey picture; answers their number, -1 when the library gave up.
///
/// `*report` holds one record a code, native byte order, and is the caller's to free:
/// int32: format (1 shifted by ZXing's BarcodeFormat), lines that agreed, whether an ECI was there;
/// 8 int32: corners x, y from the upper left on, clockwise; then three fields, each a uint32 length
/// and so many bytes: AIM identifier, content, content as UTF-8.
///
/// Can end the process: Debian builds the library with its assertions on.
int czxing_read(
    const uint8_t *grey, int width, int height, int options, uint8_t **report, size_t *length);

/// From here on a failed assertion ends this process at once and silently, with this status.
void czxing_end_quietly(int status);

#ifdef __cplusplus
}
#endif
