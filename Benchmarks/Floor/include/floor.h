// What a plain C program reaches on this machine, with the same disk and the same statements.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Appends `count` records of `length` bytes to a new file, with fdatasync after every `group`.
/// Writes the nanoseconds of each commit to `times`, count / group of them. 0, or an errno.
int floor_append(const char *path, int count, int length, int group, uint64_t *times);

/// A tape: the statements that a program ran on its databases, with what was bound to them.
struct floor_tape;

/// Makes an empty tape. NULL: no memory.
struct floor_tape *floor_tape_new(void);
void floor_tape_free(struct floor_tape *tape);

/// From now until `floor_tape_close`, connections that this process opens are recorded on `tape`
/// while it is running. One tape at a time. 0, or an SQLite result code.
int floor_tape_open(struct floor_tape *tape);
/// Starts or stops recording.
void floor_tape_run(struct floor_tape *tape, int running);
/// No connection opened from now on is recorded. 0, or the first failure of the recording.
int floor_tape_close(struct floor_tape *tape);

/// How many statements are on the tape, and how many of them end a transaction.
int floor_tape_statements(const struct floor_tape *tape);
int floor_tape_commits(const struct floor_tape *tape);

/// What of the tape is played.
enum floor_play {
    /// Every statement.
    floor_play_all,
    /// What changes rows, and the transactions: as if the program knew all it had to read.
    floor_play_writes,
};

/// Plays the tape on the database at `path`, which must be as it was when the recording began,
/// with synchronous=FULL and prepared statements. Writes the nanoseconds from BEGIN to the end of
/// COMMIT of each transaction to `times`. 0, or an SQLite result code.
int floor_tape_play(const struct floor_tape *tape, const char *path, enum floor_play play,
                    uint64_t *times);

/// Of SQLite, as this program runs with it.
const char *floor_sqlite_version(void);
