#ifndef SCANSTATION_FUZZER_H
#define SCANSTATION_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Looks at one input; returns 0.
typedef int (*fuzzer_call)(const uint8_t *_Nullable data, size_t count);

/// Whether this program was built with -sanitize=fuzzer.
int fuzzer_is_there(void);

/// Hands over to libFuzzer (https://llvm.org/docs/LibFuzzer.html), which may end the process.
int fuzzer_run(int count, char *_Nullable *_Nonnull arguments, fuzzer_call _Nonnull call);

#endif
