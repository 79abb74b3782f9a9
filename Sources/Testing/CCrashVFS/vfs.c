/* The file system as SQLite sees it: https://sqlite.org/vfs.html */
#include "files.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct handle {
    sqlite3_file base;
    struct file *file;
    int level;                  /* of its lock on the file */
    int uses_shm;
    unsigned shm_shared, shm_exclusive;
};

static sqlite3_vfs *original;

static struct handle *handle_of(sqlite3_file *base) { return (struct handle *)base; }

static int close_file(sqlite3_file *base)
{
    struct handle *handle = handle_of(base);
    files_lock();
    files_release(handle->file);
    files_unlock();
    return SQLITE_OK;
}

static int read_file(sqlite3_file *base, void *into, int count, sqlite3_int64 offset)
{
    files_lock();
    struct file *file = handle_of(base)->file;
    size_t there = (size_t)offset < file->length ? file->length - (size_t)offset : 0;
    size_t wanted = (size_t)count, got = there < wanted ? there : wanted;
    if (got) memcpy(into, file->bytes + offset, got);
    files_unlock();
    if (got == wanted) return SQLITE_OK;
    memset((char *)into + got, 0, wanted - got);
    return SQLITE_IOERR_SHORT_READ;
}

static int write_file(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset)
{
    files_lock();
    struct file *file = handle_of(base)->file;
    int done = files_note(CRASHVFS_WRITE, file->name, offset, bytes, (size_t)count)
        && files_write(file, offset, bytes, (size_t)count);
    files_unlock();
    return done ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 length)
{
    files_lock();
    struct file *file = handle_of(base)->file;
    int done = files_note(CRASHVFS_TRUNCATE, file->name, length, NULL, 0);
    if (done) files_truncate(file, length);
    files_unlock();
    return done ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int sync_file(sqlite3_file *base, int flags)
{
    (void)flags;
    files_lock();
    int done = files_note(CRASHVFS_SYNC, handle_of(base)->file->name, 0, NULL, 0);
    files_unlock();
    return done ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *length)
{
    files_lock();
    *length = (sqlite3_int64)handle_of(base)->file->length;
    files_unlock();
    return SQLITE_OK;
}

/* As the lock levels of SQLite want it; there is one process. */
static int take_lock(struct handle *handle, int level)
{
    struct file *file = handle->file;
    int is_reserved_by_other = file->reserved && file->reserved != handle;
    int is_exclusive_to_other = file->exclusive && file->exclusive != handle;
    if (level == SQLITE_LOCK_SHARED) {
        if (is_exclusive_to_other) return SQLITE_BUSY;
        file->shared++;
    } else if (is_reserved_by_other || is_exclusive_to_other) {
        return SQLITE_BUSY;
    } else if (level == SQLITE_LOCK_RESERVED) {
        file->reserved = handle;
    } else {
        if (file->shared > 1) return SQLITE_BUSY;
        file->reserved = file->exclusive = handle;
    }
    handle->level = level;
    return SQLITE_OK;
}

static int lock_file(sqlite3_file *base, int level)
{
    struct handle *handle = handle_of(base);
    if (handle->level >= level) return SQLITE_OK;
    files_lock();
    int result = take_lock(handle, level);
    files_unlock();
    return result;
}

static int unlock_file(sqlite3_file *base, int level)
{
    struct handle *handle = handle_of(base);
    if (handle->level <= level) return SQLITE_OK;
    files_lock();
    struct file *file = handle->file;
    if (file->exclusive == handle) file->exclusive = NULL;
    if (file->reserved == handle) file->reserved = NULL;
    if (level == SQLITE_LOCK_NONE) file->shared--;
    handle->level = level;
    files_unlock();
    return SQLITE_OK;
}

static int check_reserved(sqlite3_file *base, int *answer)
{
    files_lock();
    *answer = handle_of(base)->file->reserved != NULL;
    files_unlock();
    return SQLITE_OK;
}

static int control(sqlite3_file *base, int operation, void *argument)
{
    (void)base, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *base)
{
    (void)base;
    return 4096;
}

/* What SQLite takes for granted on Linux: a write harms no byte beside it. */
static int characteristics(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    struct handle *handle = handle_of(base);
    int result = SQLITE_OK;
    files_lock();
    struct file *file = handle->file;
    if (!handle->uses_shm) file->shm_users++;
    handle->uses_shm = 1;
    *out = NULL;
    if (region >= REGIONS_LIMIT) {
        result = SQLITE_IOERR_SHMMAP;
    } else {
        if (!file->regions[region] && extend) {
            file->regions[region] = calloc(1, (size_t)size);
            if (!file->regions[region]) result = SQLITE_NOMEM;
        }
        *out = file->regions[region];
    }
    files_unlock();
    return result;
}

static void shm_let_go(struct handle *handle, unsigned mask)
{
    for (int i = 0; i < SHM_LOCKS; i++) {
        unsigned bit = 1u << i;
        if (!(mask & bit)) continue;
        if (handle->shm_shared & bit) handle->file->shm_shared[i]--;
        if (handle->file->shm_exclusive[i] == handle) handle->file->shm_exclusive[i] = NULL;
    }
    handle->shm_shared &= ~mask;
    handle->shm_exclusive &= ~mask;
}

static int shm_is_free(struct handle *handle, unsigned mask, int is_exclusive)
{
    for (int i = 0; i < SHM_LOCKS; i++) {
        if (!(mask & (1u << i))) continue;
        const void *owner = handle->file->shm_exclusive[i];
        if (owner && owner != handle) return 0;
        int own = (handle->shm_shared >> i) & 1;
        if (is_exclusive && handle->file->shm_shared[i] > own) return 0;
    }
    return 1;
}

static int shm_lock(sqlite3_file *base, int first, int count, int flags)
{
    struct handle *handle = handle_of(base);
    unsigned mask = ((1u << count) - 1) << first;
    int is_exclusive = flags & SQLITE_SHM_EXCLUSIVE, result = SQLITE_OK;
    files_lock();
    if (flags & SQLITE_SHM_UNLOCK) {
        shm_let_go(handle, mask);
    } else if (!shm_is_free(handle, mask, is_exclusive)) {
        result = SQLITE_BUSY;
    } else {
        for (int i = first; i < first + count; i++) {
            if (is_exclusive) handle->file->shm_exclusive[i] = handle;
            else if (!(handle->shm_shared & (1u << i))) handle->file->shm_shared[i]++;
        }
        if (is_exclusive) handle->shm_exclusive |= mask;
        else handle->shm_shared |= mask;
    }
    files_unlock();
    return result;
}

static void shm_barrier(sqlite3_file *base)
{
    (void)base;
    files_lock();
    files_unlock();
}

static int shm_unmap(sqlite3_file *base, int deletes)
{
    struct handle *handle = handle_of(base);
    files_lock();
    struct file *file = handle->file;
    shm_let_go(handle, ~0u);
    if (handle->uses_shm && --file->shm_users == 0 && deletes)
        for (int i = 0; i < REGIONS_LIMIT; i++) {
            free(file->regions[i]);
            file->regions[i] = NULL;
        }
    handle->uses_shm = 0;
    files_unlock();
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

static int open_file(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
    (void)vfs;
    if (!files_hold(name)) return original->xOpen(original, name, base, flags, out_flags);
    struct handle *handle = handle_of(base);
    memset(handle, 0, sizeof *handle);
    files_lock();
    struct file *file = files_find(name);
    if (!file && (flags & SQLITE_OPEN_CREATE)
        && files_note(CRASHVFS_CREATE, name, 0, NULL, 0))
        file = files_make(name);
    if (file) {
        file->users++;
        handle->file = file;
        handle->base.pMethods = &methods;
    }
    files_unlock();
    if (out_flags) *out_flags = flags;
    return file ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    if (!files_hold(name)) return original->xDelete(original, name, sync_folder);
    files_lock();
    struct file *file = files_find(name);
    int result = SQLITE_IOERR_DELETE_NOENT;
    if (file) {
        result = files_note(CRASHVFS_DELETE, name, sync_folder, NULL, 0)
            ? SQLITE_OK : SQLITE_IOERR_DELETE;
        if (result == SQLITE_OK) files_delete(file);
    }
    files_unlock();
    return result;
}

static int access_file(sqlite3_vfs *vfs, const char *name, int flags, int *answer)
{
    (void)vfs;
    if (!files_hold(name)) return original->xAccess(original, name, flags, answer);
    files_lock();
    struct file *file = files_find(name);
    *answer = file && (flags != SQLITE_ACCESS_EXISTS || file->length > 0);
    files_unlock();
    return SQLITE_OK;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
    (void)vfs;
    if (!files_hold(name)) return original->xFullPathname(original, name, room, out);
    sqlite3_snprintf(room, out, "%s", name);
    return SQLITE_OK;
}

int crashvfs_install(const char *root)
{
    static sqlite3_vfs vfs;
    files_lock();
    int done = files_set_root(root);
    files_unlock();
    if (!done) return SQLITE_NOMEM;
    if (original) return SQLITE_OK;
    original = sqlite3_vfs_find(NULL);
    if (!original) return SQLITE_ERROR;
    vfs = *original;
    vfs.zName = "crash";
    vfs.pNext = NULL;
    if (vfs.szOsFile < (int)sizeof(struct handle)) vfs.szOsFile = sizeof(struct handle);
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xFullPathname = full_name;
    return sqlite3_vfs_register(&vfs, 1);
}
