#define _GNU_SOURCE
#include "CConfinement.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// <linux/landlock.h> of Debian 12 ends with version 2. These are the kernel's own.
#define EXECUTE (1ULL << 0)
#define WRITE_FILE (1ULL << 1)
#define READ_FILE (1ULL << 2)
#define READ_DIR (1ULL << 3)
#define REMOVE_FILE (1ULL << 5)
#define MAKE_REG (1ULL << 8)
#define MAKE_SOCK (1ULL << 9)
#define VERSION_1 ((1ULL << 13) - 1)
#define REFER (1ULL << 13)
#define TRUNCATE (1ULL << 14)
#define IOCTL_DEV (1ULL << 15)
#define NET_TCP 3ULL
#define SCOPE_ABSTRACT_UNIX_AND_SIGNAL 3ULL
#define OF_FILES (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV)

struct rules {
    uint64_t files, network, scope;
};
struct __attribute__((packed)) path_rule {
    uint64_t access;
    int32_t folder;
};

int cconfinement_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

int cconfinement_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int cconfinement_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1U);
}

static uint64_t known(int version) {
    uint64_t access = VERSION_1;
    if (version >= 2) access |= REFER;
    if (version >= 3) access |= TRUNCATE;
    if (version >= 5) access |= IOCTL_DEV;
    return access;
}

int cconfinement_landlock_begin(int version) {
    struct rules all = {known(version), version >= 4 ? NET_TCP : 0,
                        version >= 6 ? SCOPE_ABSTRACT_UNIX_AND_SIGNAL : 0};
    // An older kernel wants the size that it knows.
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    return (int)syscall(SYS_landlock_create_ruleset, &all, size, 0U);
}

static uint64_t meaning(unsigned access) {
    uint64_t rights = 0;
    if (access & CCONFINEMENT_READ) rights |= READ_FILE | READ_DIR;
    if (access & CCONFINEMENT_WRITE) rights |= WRITE_FILE | TRUNCATE;
    if (access & CCONFINEMENT_KEEP) rights |= MAKE_REG | MAKE_SOCK | REMOVE_FILE;
    if (access & CCONFINEMENT_RUN) rights |= EXECUTE | READ_FILE;
    if (access & CCONFINEMENT_DEVICE) rights |= IOCTL_DEV;
    return rights;
}

int cconfinement_landlock_allow(int rules, int version, const char *path, unsigned access) {
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return -1;
    struct stat status;
    int result = fstat(place, &status);
    if (result == 0) {
        uint64_t rights = meaning(access) & known(version);
        if (!S_ISDIR(status.st_mode)) rights &= OF_FILES;
        struct path_rule rule = {rights, place};
        result = (int)syscall(SYS_landlock_add_rule, rules, 1, &rule, 0U);
    }
    int number = errno;
    close(place);
    errno = number;
    return result;
}

int cconfinement_landlock_end(int rules) {
    int result = (int)syscall(SYS_landlock_restrict_self, rules, 0U);
    int number = errno;
    close(rules);
    errno = number;
    return result;
}
