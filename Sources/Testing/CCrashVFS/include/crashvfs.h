/* A file system for SQLite in memory, which writes down all that was asked of it. */
#ifndef CRASHVFS_H
#define CRASHVFS_H

#include <stddef.h>
#include <stdint.h>

enum crashvfs_kind {
    CRASHVFS_WRITE = 1,
    CRASHVFS_TRUNCATE = 2,
    CRASHVFS_SYNC = 3,
    CRASHVFS_DELETE = 4,
    CRASHVFS_CREATE = 5,
};

/* One thing that was asked. `bytes` stay valid until the journal is begun anew. */
struct crashvfs_entry {
    enum crashvfs_kind kind;
    const char *name;
    int64_t offset;             /* of a truncation: the new length */
    const uint8_t *bytes;
    size_t length;
};

/* Becomes the default: files whose names begin with `root` live in memory, others where they
   always did. 0, or SQLite's error. */
int crashvfs_install(const char *root);

/* Begins the journal anew, for the files below `root`. */
void crashvfs_record(const char *root);
size_t crashvfs_count(void);
struct crashvfs_entry crashvfs_at(size_t index);

/* Puts a file there, as if it had always been. 0: no memory. */
int crashvfs_put(const char *name, const uint8_t *bytes, size_t length);

/* Takes away all files below `root`. They must be closed. */
void crashvfs_forget(const char *root);

#endif
