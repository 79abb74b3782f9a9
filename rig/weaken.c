// Preloaded into the daemon, this makes commits that do not wait for the disk: SQLite runs with
// synchronous=NORMAL although the product asked for FULL. A rig that sees no loss then sees nothing.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sqlite3.h>
#include <string.h>

typedef int (*prepare)(sqlite3 *, const char *, int, unsigned, sqlite3_stmt **, const char **);

int sqlite3_prepare_v3(sqlite3 *database, const char *sql, int length, unsigned flags,
                       sqlite3_stmt **statement, const char **rest) {
    static prepare original;
    if (original == NULL) original = (prepare)dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
    if (strncmp(sql, "BEGIN", 5) == 0)
        sqlite3_exec(database, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
    return original(database, sql, length, flags, statement, rest);
}
