/* The files in memory, and the journal. */
#ifndef FILES_H
#define FILES_H

#include "crashvfs.h"
#include <stdbool.h>

#define SHM_LOCKS 8
#define REGIONS_LIMIT 64

struct file {
    char *name;
    uint8_t *bytes;
    size_t length, room;
    int users;
    bool is_deleted;
    /* Locks on the file: how many share it, and who has more. */
    int shared;
    const void *reserved, *exclusive;
    /* What connections share of a write-ahead log. */
    void *regions[REGIONS_LIMIT];
    int shm_shared[SHM_LOCKS];
    const void *shm_exclusive[SHM_LOCKS];
    int shm_users;
    struct file *next;
};

/* All of these need the lock. */
void files_lock(void);
void files_unlock(void);
bool files_hold(const char *name);
struct file *files_find(const char *name);
struct file *files_make(const char *name);
void files_release(struct file *file);
void files_delete(struct file *file);
bool files_write(struct file *file, int64_t offset, const void *bytes, size_t length);
void files_truncate(struct file *file, int64_t length);
bool files_note(
    enum crashvfs_kind kind, const char *name, int64_t offset, const void *bytes, size_t length);
bool files_set_root(const char *root);

#endif
