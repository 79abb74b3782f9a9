#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tape.h"

static struct floor_tape *current;

struct floor_tape *floor_tape_new(void) { return calloc(1, sizeof(struct floor_tape)); }

void floor_tape_free(struct floor_tape *tape) {
    if (!tape) return;
    for (int number = 0; number < tape->statement_count; number++) free(tape->sql[number]);
    free(tape->bytes);
    free(tape);
}

static void put(struct floor_tape *tape, const void *bytes, size_t length) {
    if (tape->failure) return;
    if (tape->length + length > tape->capacity) {
        size_t capacity = tape->capacity * 2 + length + 4096;
        unsigned char *larger = realloc(tape->bytes, capacity);
        if (!larger) {
            tape->failure = SQLITE_NOMEM;
            return;
        }
        tape->bytes = larger;
        tape->capacity = capacity;
    }
    memcpy(tape->bytes + tape->length, bytes, length);
    tape->length += length;
}

static void put_byte(struct floor_tape *tape, unsigned char byte) { put(tape, &byte, 1); }

static void put_bytes(struct floor_tape *tape, int type, const void *bytes, uint32_t length) {
    put_byte(tape, (unsigned char)type);
    put(tape, &length, sizeof length);
    put(tape, bytes, length);
}

static int digit(char character) {
    if (character <= '9') return character - '0';
    return (character | 0x20) - 'a' + 10;
}

/// x'0aff' in the text of a statement. Returns what stands behind it.
static const char *put_blob(struct floor_tape *tape, const char *text) {
    const char *end = strchr(text + 2, '\'');
    uint32_t length = (uint32_t)(end - text - 2) / 2;
    put_byte(tape, SQLITE_BLOB);
    put(tape, &length, sizeof length);
    for (const char *pair = text + 2; pair < end; pair += 2)
        put_byte(tape, (unsigned char)(digit(pair[0]) << 4 | digit(pair[1])));
    return end + 1;
}

/// 'it''s' in the text of a statement. Returns what stands behind it.
static const char *put_text(struct floor_tape *tape, const char *text) {
    size_t room = strlen(text);
    char *plain = malloc(room);
    if (!plain) {
        tape->failure = SQLITE_NOMEM;
        return text + room;
    }
    uint32_t length = 0;
    for (text++; *text; text++) {
        if (*text == '\'' && *++text != '\'') break;
        plain[length++] = *text;
    }
    put_bytes(tape, SQLITE_TEXT, plain, length);
    free(plain);
    return text;
}

static const char *put_number(struct floor_tape *tape, const char *text) {
    char *end;
    int64_t number = strtoll(text, &end, 10);
    if (end == text || *end == '.' || *end == 'e') tape->failure = SQLITE_MISMATCH;
    put_byte(tape, SQLITE_INTEGER);
    put(tape, &number, sizeof number);
    return end;
}

static const char *put_literal(struct floor_tape *tape, const char *text) {
    if (strncmp(text, "NULL", 4) == 0) {
        put_byte(tape, SQLITE_NULL);
        return text + 4;
    }
    if (*text == 'x') return put_blob(tape, text);
    if (*text == '\'') return put_text(tape, text);
    return put_number(tape, text);
}

/// SQLite tells what is bound only by writing it into the statement. Reads it out again, each
/// parameter once: `?2` may stand in several places.
static void put_parameters(struct floor_tape *tape, const char *sql, const char *expanded) {
    int highest = 0, isQuoted = 0;
    while (*sql && !tape->failure) {
        if (*sql == '\'') isQuoted = !isQuoted;
        if (*sql != '?' || isQuoted) {
            sql++, expanded++;
            continue;
        }
        char *end;
        int number = (int)strtol(sql + 1, &end, 10);
        if (end == sql + 1) number = highest + 1;
        sql = end;
        size_t before = tape->length;
        expanded = put_literal(tape, expanded);
        if (number > highest + 1) tape->failure = SQLITE_MISUSE;
        if (number <= highest) tape->length = before;
        if (number > highest) highest = number;
    }
}

static int starts(const char *sql, const char *word) {
    return strncasecmp(sql, word, strlen(word)) == 0;
}

static enum kind kind_of(sqlite3_stmt *statement, const char *sql) {
    if (starts(sql, "BEGIN")) return kind_begin;
    if (starts(sql, "COMMIT")) return kind_commit;
    return sqlite3_stmt_readonly(statement) ? kind_read : kind_write;
}

static int statement_number(struct floor_tape *tape, sqlite3_stmt *statement, const char *sql) {
    for (int number = 0; number < tape->statement_count; number++)
        if (strcmp(tape->sql[number], sql) == 0) return number;
    int number = tape->statement_count;
    if (number == statement_limit) return -1;
    tape->sql[number] = strdup(sql);
    if (!tape->sql[number]) return -1;
    tape->kinds[number] = kind_of(statement, sql);
    tape->parameters[number] = sqlite3_bind_parameter_count(statement);
    tape->statement_count++;
    return number;
}

static int record(unsigned event, void *context, void *subject, void *text) {
    (void)event;
    struct floor_tape *tape = context;
    // Lines that start with a comment come from triggers, which run by themselves.
    if (!tape->running || tape->failure || starts(text, "--")) return 0;
    const char *sql = sqlite3_sql(subject);
    int number = statement_number(tape, subject, sql);
    char *expanded = sqlite3_expanded_sql(subject);
    if (number < 0 || !expanded) {
        tape->failure = SQLITE_FULL;
    } else {
        put_byte(tape, (unsigned char)number);
        put_parameters(tape, sql, expanded);
        tape->entries++;
        tape->commits += tape->kinds[number] == kind_commit;
    }
    sqlite3_free(expanded);
    return 0;
}

static int attach(sqlite3 *database, char **message, const void *routines) {
    (void)message, (void)routines;
    if (!current) return SQLITE_OK;
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, record, current);
}

int floor_tape_open(struct floor_tape *tape) {
    current = tape;
    return sqlite3_auto_extension((void (*)(void))attach);
}

void floor_tape_run(struct floor_tape *tape, int running) { tape->running = running; }

int floor_tape_close(struct floor_tape *tape) {
    tape->running = 0;
    current = 0;
    sqlite3_cancel_auto_extension((void (*)(void))attach);
    return tape->failure;
}

int floor_tape_statements(const struct floor_tape *tape) { return tape->entries; }
int floor_tape_commits(const struct floor_tape *tape) { return tape->commits; }
