#pragma once
#include <stddef.h>
#include <stdint.h>

/// Reads a grey picture as zbarcam does: every symbology, every line. The texts stand in `texts`,
/// one a line; answers their number.
int camera_floor_read(
    const uint8_t *grey, unsigned width, unsigned height, char *texts, size_t limit);
