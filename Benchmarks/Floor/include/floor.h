// What a plain C program reaches on this machine with the same disk and the same SQL.
#pragma once
#include <stdint.h>

/// Appends `count` records of `length` bytes to a file, with fdatasync after every `group`.
/// Writes the nanoseconds of each commit to `times` (count / group of them). 0, or an errno.
int floor_append(const char *path, int count, int length, int group, uint64_t *times);

/// One step of a transaction: a statement and how to bind it.
/// `bindings` has a letter a parameter: i = the running number, c = a constant text, k = one of a
/// thousand keys as text, n = one of a thousand keys as a number, b = a blob of `blob_length`
/// bytes, 1 = the number one.
struct floor_step {
    const char *sql;
    const char *bindings;
};

/// Runs `count` times all `steps`, `group` times in a transaction, on the database at `path`, which
/// must exist with its schema. Writes the nanoseconds of each commit to `times`. 0, or an SQLite
/// result code.
int floor_transactions(const char *path, const struct floor_step *steps, int step_count,
                       int count, int group, int blob_length, uint64_t *times);
