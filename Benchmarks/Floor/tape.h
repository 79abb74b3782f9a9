// The inside of a tape.
//
// An entry is the number of its statement in one byte, then each parameter: its type in one byte,
// and 8 bytes of a number, or a length of 4 bytes and as many bytes of a text or blob.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "floor.h"

enum { statement_limit = 255 };

/// What a statement does.
enum kind { kind_begin, kind_commit, kind_read, kind_write };

struct floor_tape {
    char *sql[statement_limit];
    enum kind kinds[statement_limit];
    int parameters[statement_limit];
    int statement_count;
    unsigned char *bytes;
    size_t length, capacity;
    int entries, commits;
    int running;
    int failure;
};
