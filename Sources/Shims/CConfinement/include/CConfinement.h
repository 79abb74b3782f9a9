#pragma once
#include <stdint.h>

// What a process gives up for good. The kernel's headers may be older than the kernel, and Swift
// imports neither the macros nor the numbers of system calls.
// Each returns -1 and errno when it failed.

/// No program that is started later gets more rights than this process.
int cconfinement_no_new_privileges(void);
/// Nobody of the same user may trace this process or read its memory; it leaves no core file.
int cconfinement_not_dumpable(void);

// Landlock: which files can be reached.

/// The version that the kernel speaks, from 1; -1: none.
int cconfinement_landlock_version(void);

enum cconfinement_access {
    CCONFINEMENT_READ = 1,
    CCONFINEMENT_WRITE = 2,
    /// Make, rename and remove files and sockets in a folder.
    CCONFINEMENT_KEEP = 4,
    CCONFINEMENT_RUN = 8,
    /// Talk to a device: ioctl.
    CCONFINEMENT_DEVICE = 16,
};
/// An empty set of rules for that version of Landlock.
int cconfinement_landlock_begin(int version);
/// Allows `access` to the file or all below the folder at `path`. -1 with ENOENT: there is none.
int cconfinement_landlock_allow(int rules, int version, const char *path, unsigned access);
/// From now on this thread, and those that it starts, reach nothing else. Closes `rules`.
int cconfinement_landlock_end(int rules);

// Seccomp: which system calls are refused.

struct cconfinement_filter {
    /// A bit for each address family that sockets may have; AF_UNIX is 1 << 1.
    uint64_t socket_families;
    /// Whether processes may be started and programs run.
    int may_start;
    /// Whether owners and modes of files may be changed.
    int may_change_modes;
};
/// Refuses, in every thread of this process, what no driver needs. -1 with ENOSYS: unknown
/// processor.
int cconfinement_filter(const struct cconfinement_filter *filter);
