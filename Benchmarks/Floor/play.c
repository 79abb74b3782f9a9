#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "tape.h"

/// As our own stores set them.
static const char *const settings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;"
    "PRAGMA cache_size = -8192; PRAGMA journal_size_limit = 16777216";

struct player {
    const struct floor_tape *tape;
    sqlite3_stmt *statements[statement_limit];
    const unsigned char *next;
};

static int64_t take_number(struct player *player) {
    int64_t number;
    memcpy(&number, player->next, sizeof number);
    player->next += sizeof number;
    return number;
}

static const void *take_bytes(struct player *player, uint32_t *length) {
    memcpy(length, player->next, sizeof *length);
    const void *bytes = player->next + sizeof *length;
    player->next += sizeof *length + *length;
    return bytes;
}

static int bind_next(struct player *player, sqlite3_stmt *statement, int index) {
    uint32_t length;
    const void *bytes;
    switch (*player->next++) {
    case SQLITE_INTEGER: return sqlite3_bind_int64(statement, index, take_number(player));
    case SQLITE_TEXT:
        bytes = take_bytes(player, &length);
        return sqlite3_bind_text(statement, index, bytes, (int)length, SQLITE_STATIC);
    case SQLITE_BLOB:
        bytes = take_bytes(player, &length);
        return sqlite3_bind_blob(statement, index, bytes, (int)length, SQLITE_STATIC);
    default: return sqlite3_bind_null(statement, index);
    }
}

static int step(sqlite3_stmt *statement) {
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {}
    sqlite3_reset(statement);
    return result == SQLITE_DONE ? SQLITE_OK : result;
}

static int play(struct player *player, enum floor_play what, uint64_t *times) {
    uint64_t start = 0;
    int commit = 0, result = SQLITE_OK;
    const unsigned char *end = player->tape->bytes + player->tape->length;
    player->next = player->tape->bytes;
    while (player->next < end && result == SQLITE_OK) {
        int number = *player->next++;
        enum kind kind = player->tape->kinds[number];
        sqlite3_stmt *statement = player->statements[number];
        if (kind == kind_begin) start = floor_now();
        for (int index = 1; index <= player->tape->parameters[number] && !result; index++)
            result = bind_next(player, statement, index);
        if (result == SQLITE_OK && !(what == floor_play_writes && kind == kind_read))
            result = step(statement);
        if (kind == kind_commit) times[commit++] = floor_now() - start;
    }
    return result;
}

int floor_tape_play(const struct floor_tape *tape, const char *path, enum floor_play what,
                    uint64_t *times) {
    sqlite3 *database = 0;
    struct player player = {.tape = tape};
    int result = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, 0);
    if (result == SQLITE_OK) result = sqlite3_exec(database, settings, 0, 0, 0);
    for (int number = 0; number < tape->statement_count && result == SQLITE_OK; number++)
        result = sqlite3_prepare_v3(database, tape->sql[number], -1, SQLITE_PREPARE_PERSISTENT,
                                    &player.statements[number], 0);
    if (result == SQLITE_OK) result = play(&player, what, times);
    if (result != SQLITE_OK) fprintf(stderr, "floor: %s\n", sqlite3_errmsg(database));
    for (int number = 0; number < tape->statement_count; number++)
        sqlite3_finalize(player.statements[number]);
    sqlite3_close(database);
    return result;
}

const char *floor_sqlite_version(void) { return sqlite3_libversion(); }
