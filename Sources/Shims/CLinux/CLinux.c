#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_input_version(int descriptor, int *version) {
    return ioctl(descriptor, EVIOCGVERSION, version);
}

int clinux_input_id(int descriptor, struct input_id *id) {
    return ioctl(descriptor, EVIOCGID, id);
}

int clinux_input_name(int descriptor, char *name, size_t size) {
    return ioctl(descriptor, EVIOCGNAME(size), name);
}

int clinux_input_grab(int descriptor, int grabbed) {
    return ioctl(descriptor, EVIOCGRAB, grabbed);
}

int clinux_terminal_exclusive(int descriptor, int exclusive) {
    return ioctl(descriptor, exclusive ? TIOCEXCL : TIOCNXCL);
}

int clinux_serial_assert_lines(int descriptor) {
    int lines = TIOCM_RTS | TIOCM_DTR;
    return ioctl(descriptor, TIOCMBIS, &lines);
}

int clinux_serial_low_latency(int descriptor) {
    struct serial_struct serial;
    if (ioctl(descriptor, TIOCGSERIAL, &serial) < 0) {
        return -1;
    }
    serial.flags |= ASYNC_LOW_LATENCY;
    return ioctl(descriptor, TIOCSSERIAL, &serial);
}

int clinux_pidfd_open(int process) {
    return (int)syscall(SYS_pidfd_open, process, 0);
}

int clinux_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC);
}

int clinux_widen_pipe(int descriptor, int bytes) {
    return fcntl(descriptor, F_SETPIPE_SZ, bytes);
}

void clinux_name_thread(const char *name) {
    prctl(PR_SET_NAME, name);
}

int clinux_pseudo_terminal(char *path, size_t size) {
    int controller = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (controller < 0) {
        return -1;
    }
    if (grantpt(controller) < 0 || unlockpt(controller) < 0 || ptsname_r(controller, path, size)) {
        int reason = errno;
        close(controller);
        errno = reason;
        return -1;
    }
    return controller;
}
