#pragma once
#include <alsa/asoundlib.h>

// ALSA's handler is variadic, which Swift can't write.
static inline void calsa_hear_nothing(
    const char *file, int line, const char *function, int number, const char *format, ...) {}

/// Keeps ALSA from printing to standard error what it returns anyway.
static inline void calsa_say_nothing(void) {
    snd_lib_error_set_handler(calsa_hear_nothing);
}
