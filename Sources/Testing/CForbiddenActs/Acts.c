#define _GNU_SOURCE
#include "CForbiddenActs.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static int result(long value) { return value < 0 ? errno : 0; }

static int opening(const char *object, int flags) {
    int file = open(object, flags | O_CLOEXEC, 0600);
    int number = result(file);
    if (file >= 0) close(file);
    return number;
}

static int making_socket(int family, int type) {
    int made = socket(family, type, 0);
    int number = result(made);
    if (made >= 0) close(made);
    return number;
}

static int reading(const char *object) { return opening(object, O_RDONLY); }
static int writing(const char *object) { return opening(object, O_WRONLY); }
static int making(const char *object) { return opening(object, O_WRONLY | O_CREAT); }
static int removing(const char *object) { return result(unlink(object)); }
static int changing_mode(const char *object) { return result(chmod(object, 0666)); }
static int cutting(const char *object) { return result(truncate(object, 0)); }
static int tcp(const char *object) { return (void)object, making_socket(AF_INET, SOCK_STREAM); }
static int tcp6(const char *object) { return (void)object, making_socket(AF_INET6, SOCK_STREAM); }
static int udp(const char *object) { return (void)object, making_socket(AF_INET, SOCK_DGRAM); }
static int netlink(const char *object) { return (void)object, making_socket(AF_NETLINK, SOCK_RAW); }
static int unix_socket(const char *object) {
    return (void)object, making_socket(AF_UNIX, SOCK_STREAM);
}

static int running(const char *object) {
    char *words[] = {(char *)object, NULL}, *none[] = {NULL};
    execve(object, words, none);
    return errno;
}

static int running_from_memory(const char *object) {
    (void)object;
    int file = memfd_create("program", 0);
    if (file < 0) return errno;
    char *words[] = {"true", NULL}, *none[] = {NULL};
    char buffer[65536];
    int program = open("/bin/true", O_RDONLY);
    if (program < 0) return errno;
    for (ssize_t count; (count = read(program, buffer, sizeof buffer)) > 0;)
        if (write(file, buffer, (size_t)count) != count) return errno;
    fexecve(file, words, none);
    return errno;
}

static int forking(const char *object) {
    (void)object;
    pid_t child = fork();
    if (child < 0) return errno;
    if (child == 0) _exit(0);
    return result(waitpid(child, NULL, 0));
}

static int tracing(const char *object) {
    (void)object;
    return result(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int reading_memory(const char *object) {
    (void)object;
    int from = 7, to = 0;
    struct iovec here = {&to, sizeof to}, there = {&from, sizeof from};
    return result(process_vm_readv(getpid(), &here, 1, &there, 1, 0));
}

static int asking_keyring(const char *object) {
    (void)object;
    // KEYCTL_GET_KEYRING_ID of the process's own, made if there is none.
    return result(syscall(SYS_keyctl, 0, -2, 1));
}

static int ring(const char *object) {
    (void)object;
    char parameters[120] = {0};
    return result(syscall(SYS_io_uring_setup, 1, parameters));
}

static int signalling(const char *object) {
    (void)object;
    return result(kill(getppid(), 0));
}

static int limiting(const char *object) {
    (void)object;
    struct rlimit limit;
    return result(prlimit(getppid(), RLIMIT_NOFILE, NULL, &limit));
}

static int running_data(const char *object) {
    (void)object;
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? errno : 0;
}

static int making_data_run(const char *object) {
    (void)object;
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return errno;
    return result(mprotect(memory, 4096, PROT_READ | PROT_EXEC));
}

static int mounting(const char *object) {
    if (unshare(CLONE_NEWNS) != 0) return errno;
    return result(mount("none", object, "tmpfs", 0, NULL));
}

int cforbidden_act(const char *act, const char *object) {
    static const struct {
        const char *name;
        int (*act)(const char *);
    } acts[] = {
        {"read", reading},       {"write", writing},      {"make", making},
        {"remove", removing},    {"chmod", changing_mode}, {"truncate", cutting},
        {"tcp", tcp},            {"tcp6", tcp6},          {"udp", udp},
        {"netlink", netlink},    {"unix", unix_socket},   {"run", running},
        {"memfd", running_from_memory}, {"fork", forking}, {"ptrace", tracing},
        {"memory", reading_memory}, {"keyring", asking_keyring}, {"io_uring", ring},
        {"signal", signalling},  {"limits", limiting},    {"wx", running_data},
        {"mprotect", making_data_run}, {"mount", mounting},
    };
    for (size_t index = 0; index < sizeof acts / sizeof acts[0]; index++)
        if (strcmp(acts[index].name, act) == 0) return acts[index].act(object);
    return -1;
}

int cforbidden_hide_landlock(void) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof code[0], code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
