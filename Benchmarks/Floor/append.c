#include "floor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

int floor_append(const char *path, int count, int length, int group, uint64_t *times) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return errno;
    size_t size = (size_t)length * (size_t)group;
    char *record = malloc(size);
    if (!record) {
        close(file);
        return ENOMEM;
    }
    memset(record, 'x', size);
    int failure = 0;
    for (int commit = 0; commit < count / group && !failure; commit++) {
        uint64_t start = floor_now();
        if (write(file, record, size) != (ssize_t)size || fdatasync(file) != 0) failure = errno;
        times[commit] = floor_now() - start;
    }
    free(record);
    close(file);
    return failure;
}
