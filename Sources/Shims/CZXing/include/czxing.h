#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// The version of ZXing-C++ that this was built with, as major * 10,000 + minor * 100 + patch.
int czxing_version(void);

#ifdef __cplusplus
}
#endif
