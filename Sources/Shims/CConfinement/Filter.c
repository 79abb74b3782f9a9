#define _GNU_SOURCE
#include "CConfinement.h"
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <asm/ioctls.h>
#include <unistd.h>

#if defined(__x86_64__)
#define PROCESSOR AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define PROCESSOR AUDIT_ARCH_AARCH64
#endif

// A list of what is refused, and not of what is allowed: it holds whichever libraries, kernels
// and C libraries come. What is refused answers with EPERM, as if rights were lacking.
static const int refused[] = {
    // Other processes, their memory and descriptors.
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd,
    SYS_process_madvise, SYS_migrate_pages, SYS_move_pages, SYS_pidfd_send_signal,
    SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_tkill,
    // What goes past this filter, or deep into the kernel.
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter,
    SYS_io_uring_register, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_execveat,
    // The machine: mounts, modules, clocks, names, accounting.
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount, SYS_fsopen,
    SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr, SYS_unshare, SYS_setns,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon,
    SYS_swapoff, SYS_acct, SYS_quotactl, SYS_syslog, SYS_vhangup, SYS_sethostname,
    SYS_setdomainname, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime,
    SYS_personality, SYS_nfsservctl, SYS_lookup_dcookie,
    // Files past their names, and what Landlock does not look at.
    SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_fanotify_init, SYS_fanotify_mark,
    SYS_setxattr, SYS_lsetxattr,
    SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, SYS_truncate, SYS_mknodat,
    // Who this process is.
    SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid,
    SYS_setfsuid, SYS_setfsgid, SYS_setgroups, SYS_capset, SYS_setsid,
#if defined(__x86_64__)
    SYS_mknod, SYS_iopl, SYS_ioperm, SYS_modify_ldt,
    SYS_kexec_file_load, SYS_uselib, SYS_ustat, SYS_sysfs, SYS__sysctl, SYS_create_module,
    SYS_get_kernel_syms, SYS_query_module,
#elif defined(__aarch64__)
    SYS_kexec_file_load,
#endif
};

/// Ways to start something.
static const int starting[] = {
    SYS_execve, SYS_setpgid,
#if defined(__x86_64__)
    SYS_fork, SYS_vfork,
#endif
};

/// Owners and modes, which Landlock does not look at.
static const int changing[] = {
    SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat,
    // fchmodat2, newer than the headers.
    452,
#if defined(__x86_64__)
    SYS_chmod, SYS_chown, SYS_lchown,
#endif
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define LENGTH_LIMIT 512

struct program {
    struct sock_filter code[LENGTH_LIMIT];
    unsigned short length;
};

static void add(struct program *program, uint16_t code, uint32_t value, uint8_t yes, uint8_t no) {
    if (program->length < LENGTH_LIMIT)
        program->code[program->length++] = (struct sock_filter){code, yes, no, value};
}

static void load(struct program *program, uint32_t offset) {
    add(program, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

/// Ends with `answer` if the loaded word is `value`.
static void answer_if(struct program *program, uint32_t value, uint32_t answer) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    add(program, BPF_RET | BPF_K, answer, 0, 0);
}

static void refuse_all(struct program *program, const int *numbers, size_t count) {
    for (size_t index = 0; index < count; index++)
        answer_if(program, (uint32_t)numbers[index], SECCOMP_RET_ERRNO | EPERM);
}

static uint32_t argument(int number) {
    // Both processors are little endian: the low word comes first.
    return offsetof(struct seccomp_data, args) + 8 * (uint32_t)number;
}

static const uint32_t allow = SECCOMP_RET_ALLOW, refuse = SECCOMP_RET_ERRNO | EPERM;

/// For the call `number` alone: loads the low word of an argument. This and what follows are `steps`
/// instructions, and end with an answer; any other call goes on behind them.
static void for_call(struct program *program, int number, int index, uint8_t steps) {
    load(program, offsetof(struct seccomp_data, nr));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, steps);
    load(program, argument(index));
}

/// Signals and limits: to this process alone. A signal to 0 is one to the whole process group,
/// in which the children are.
static void only_own(struct program *program, int number, int zero_is_own) {
    for_call(program, number, 0, zero_is_own ? 6 : 4);
    answer_if(program, (uint32_t)getpid(), allow);
    if (zero_is_own) answer_if(program, 0, allow);
    add(program, BPF_RET | BPF_K, refuse, 0, 0);
}

static void sockets(struct program *program, int number, uint64_t families) {
    for_call(program, number, 0, (uint8_t)(2 + 2 * __builtin_popcountll(families)));
    for (uint32_t family = 0; family < 64; family++)
        if (families >> family & 1) answer_if(program, family, allow);
    add(program, BPF_RET | BPF_K, refuse, 0, 0);
}

/// Refuses the call if one of these bits is set in the argument; if `all`, only if all are.
static void bits(struct program *program, int number, int index, uint32_t mask, int all) {
    for_call(program, number, index, 5);
    add(program, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
    add(program, BPF_JMP | BPF_JEQ | BPF_K, all ? mask : 0, all ? 1 : 0, all ? 0 : 1);
    add(program, BPF_RET | BPF_K, allow, 0, 0);
    add(program, BPF_RET | BPF_K, refuse, 0, 0);
}

/// Threads may be started, processes may not. clone3 hides its flags from a filter; the C library
/// falls back to clone when there is none.
static void threads_only(struct program *program) {
    for_call(program, SYS_clone, 0, 4);
    add(program, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1);
    add(program, BPF_RET | BPF_K, allow, 0, 0);
    add(program, BPF_RET | BPF_K, refuse, 0, 0);
    load(program, offsetof(struct seccomp_data, nr));
    answer_if(program, SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
}

/// Characters are not put into a terminal as if they had been typed there.
static void terminals(struct program *program) {
    for_call(program, SYS_ioctl, 1, 6);
    answer_if(program, TIOCSTI, refuse);
    answer_if(program, TIOCLINUX, refuse);
    add(program, BPF_RET | BPF_K, allow, 0, 0);
}

static void build(struct program *program, const struct cconfinement_filter *filter) {
#ifdef PROCESSOR
    load(program, offsetof(struct seccomp_data, arch));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, PROCESSOR, 1, 0);
    add(program, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
#endif
    load(program, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    // The other numbers of x32.
    add(program, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    add(program, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
#endif
    refuse_all(program, refused, COUNT(refused));
    // A program that stands in memory alone has no name that Landlock could refuse.
    if (filter->may_start) answer_if(program, SYS_memfd_create, refuse);
    if (!filter->may_change_modes) refuse_all(program, changing, COUNT(changing));
    if (!filter->may_start) {
        refuse_all(program, starting, COUNT(starting));
        threads_only(program);
        only_own(program, SYS_kill, 0);
    }
    sockets(program, SYS_socket, filter->socket_families);
    sockets(program, SYS_socketpair, filter->socket_families);
    only_own(program, SYS_tgkill, 0);
    only_own(program, SYS_prlimit64, 1);
    terminals(program);
    // No memory is writable and runs, and none begins to run that did not.
    bits(program, SYS_mmap, 2, PROT_WRITE | PROT_EXEC, 1);
    bits(program, SYS_mprotect, 2, PROT_EXEC, 0);
    bits(program, SYS_pkey_mprotect, 2, PROT_EXEC, 0);
    add(program, BPF_RET | BPF_K, allow, 0, 0);
}

int cconfinement_filter(const struct cconfinement_filter *filter) {
#ifndef PROCESSOR
    errno = ENOSYS;
    return -1;
#else
    struct program program;
    memset(&program, 0, sizeof program);
    build(&program, filter);
    if (program.length >= LENGTH_LIMIT) {
        errno = E2BIG;
        return -1;
    }
    struct sock_fprog all = {program.length, program.code};
    long result =
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &all);
    // A thread that has a filter of its own keeps the others from getting this one.
    if (result > 0) errno = EBUSY;
    return result == 0 ? 0 : -1;
#endif
}
