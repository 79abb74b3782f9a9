#include "files.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct file *all;
static char *memory_root, *recorded_root;
static struct crashvfs_entry *journal;
static size_t journal_count, journal_room;

void files_lock(void) { pthread_mutex_lock(&mutex); }
void files_unlock(void) { pthread_mutex_unlock(&mutex); }

static bool is_below(const char *name, const char *root)
{
    return name && root && strncmp(name, root, strlen(root)) == 0;
}

bool files_set_root(const char *root)
{
    free(memory_root);
    memory_root = strdup(root);
    return memory_root != NULL;
}

bool files_hold(const char *name) { return is_below(name, memory_root); }

struct file *files_find(const char *name)
{
    for (struct file *file = all; file; file = file->next)
        if (!file->is_deleted && strcmp(file->name, name) == 0) return file;
    return NULL;
}

struct file *files_make(const char *name)
{
    struct file *file = calloc(1, sizeof *file);
    if (!file || !(file->name = strdup(name))) {
        free(file);
        return NULL;
    }
    file->next = all;
    all = file;
    return file;
}

static void dispose(struct file *file)
{
    for (struct file **link = &all; *link; link = &(*link)->next)
        if (*link == file) {
            *link = file->next;
            break;
        }
    for (int i = 0; i < REGIONS_LIMIT; i++) free(file->regions[i]);
    free(file->bytes);
    free(file->name);
    free(file);
}

void files_release(struct file *file)
{
    if (--file->users == 0 && file->is_deleted) dispose(file);
}

/* A deleted file lives on until nobody has it open. */
void files_delete(struct file *file)
{
    file->is_deleted = true;
    if (file->users == 0) dispose(file);
}

static bool grow(struct file *file, size_t length)
{
    if (length > file->room) {
        size_t room = length > 2 * file->room ? length : 2 * file->room;
        uint8_t *bytes = realloc(file->bytes, room);
        if (!bytes) return false;
        file->bytes = bytes;
        file->room = room;
    }
    if (length > file->length) {
        memset(file->bytes + file->length, 0, length - file->length);
        file->length = length;
    }
    return true;
}

bool files_write(struct file *file, int64_t offset, const void *bytes, size_t length)
{
    if (!grow(file, (size_t)offset + length)) return false;
    memcpy(file->bytes + offset, bytes, length);
    return true;
}

void files_truncate(struct file *file, int64_t length)
{
    if ((size_t)length < file->length) file->length = (size_t)length;
}

bool files_note(
    enum crashvfs_kind kind, const char *name, int64_t offset, const void *bytes, size_t length)
{
    if (!is_below(name, recorded_root)) return true;
    if (journal_count == journal_room) {
        size_t room = journal_room ? 2 * journal_room : 1024;
        void *entries = realloc(journal, room * sizeof *journal);
        if (!entries) return false;
        journal = entries;
        journal_room = room;
    }
    uint8_t *copy = NULL;
    if (length) {
        if (!(copy = malloc(length))) return false;
        memcpy(copy, bytes, length);
    }
    journal[journal_count++] =
        (struct crashvfs_entry){kind, strdup(name), offset, copy, length};
    return true;
}

void crashvfs_record(const char *root)
{
    files_lock();
    for (size_t i = 0; i < journal_count; i++) {
        free((void *)journal[i].name);
        free((void *)journal[i].bytes);
    }
    journal_count = 0;
    free(recorded_root);
    recorded_root = strdup(root);
    files_unlock();
}

size_t crashvfs_count(void)
{
    files_lock();
    size_t count = journal_count;
    files_unlock();
    return count;
}

struct crashvfs_entry crashvfs_at(size_t index)
{
    files_lock();
    struct crashvfs_entry entry = journal[index];
    files_unlock();
    return entry;
}

int crashvfs_put(const char *name, const uint8_t *bytes, size_t length)
{
    files_lock();
    struct file *file = files_find(name);
    if (!file) file = files_make(name);
    int done = file && files_write(file, 0, bytes, length);
    files_unlock();
    return done;
}

void crashvfs_forget(const char *root)
{
    files_lock();
    struct file *next;
    for (struct file *file = all; file; file = next) {
        next = file->next;
        if (!file->is_deleted && is_below(file->name, root)) files_delete(file);
    }
    files_unlock();
}
