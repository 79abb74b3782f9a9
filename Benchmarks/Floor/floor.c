#include "floor.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int floor_append(const char *path, int count, int length, int group, uint64_t *times) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return errno;
    size_t size = (size_t)length * (size_t)group;
    char *record = malloc(size);
    if (!record) { close(file); return ENOMEM; }
    memset(record, 'x', size);
    int failure = 0;
    for (int commit = 0; commit < count / group && !failure; commit++) {
        uint64_t start = now();
        if (write(file, record, size) != (ssize_t)size || fdatasync(file) != 0) failure = errno;
        times[commit] = now() - start;
    }
    free(record);
    close(file);
    return failure;
}

static int bind(sqlite3_stmt *statement, const char *bindings, int64_t number,
                const unsigned char *blob, int blob_length) {
    char text[24];
    for (int index = 0; bindings[index]; index++) {
        int result = SQLITE_OK;
        switch (bindings[index]) {
        case 'i': result = sqlite3_bind_int64(statement, index + 1, number); break;
        case '1': result = sqlite3_bind_int64(statement, index + 1, 1); break;
        case 'n': result = sqlite3_bind_int64(statement, index + 1, 1 + number % 1000); break;
        case 'k':
            snprintf(text, sizeof text, "0400638%07d", (int)(number % 1000));
            result = sqlite3_bind_text(statement, index + 1, text, -1, SQLITE_TRANSIENT);
            break;
        case 'c': result = sqlite3_bind_text(statement, index + 1, "DOCK", 4, SQLITE_STATIC); break;
        case 'b':
            result = sqlite3_bind_blob(statement, index + 1, blob, blob_length, SQLITE_STATIC);
            break;
        default: return SQLITE_MISUSE;
        }
        if (result != SQLITE_OK) return result;
    }
    return SQLITE_OK;
}

static int run(sqlite3_stmt *statement) {
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {}
    sqlite3_reset(statement);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static int transactions(sqlite3 *database, sqlite3_stmt **statements,
                        const struct floor_step *steps, int step_count, int count, int group,
                        int blob_length, uint64_t *times) {
    unsigned char blob[1024];
    memset(blob, 7, sizeof blob);
    int64_t number = 1;
    for (int commit = 0; commit < count / group; commit++) {
        uint64_t start = now();
        int result = sqlite3_exec(database, "BEGIN IMMEDIATE", 0, 0, 0);
        for (int one = 0; one < group && result == SQLITE_OK; one++, number++) {
            for (int step = 0; step < step_count && result == SQLITE_OK; step++) {
                result = bind(statements[step], steps[step].bindings, number, blob, blob_length);
                if (result == SQLITE_OK) result = run(statements[step]);
            }
        }
        if (result == SQLITE_OK) result = sqlite3_exec(database, "COMMIT", 0, 0, 0);
        if (result != SQLITE_OK) return result;
        times[commit] = now() - start;
    }
    return SQLITE_OK;
}

int floor_transactions(const char *path, const struct floor_step *steps, int step_count,
                       int count, int group, int blob_length, uint64_t *times) {
    sqlite3 *database = 0;
    sqlite3_stmt *statements[32] = {0};
    if (step_count > 32 || blob_length > 1024) return SQLITE_MISUSE;
    int result = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, 0);
    if (result == SQLITE_OK)
        result = sqlite3_exec(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", 0, 0, 0);
    for (int step = 0; step < step_count && result == SQLITE_OK; step++)
        result = sqlite3_prepare_v3(database, steps[step].sql, -1, SQLITE_PREPARE_PERSISTENT,
                                    &statements[step], 0);
    if (result == SQLITE_OK)
        result = transactions(database, statements, steps, step_count, count, group, blob_length,
                              times);
    for (int step = 0; step < step_count; step++) sqlite3_finalize(statements[step]);
    sqlite3_close(database);
    return result;
}
