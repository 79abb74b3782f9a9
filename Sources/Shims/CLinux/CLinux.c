#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/hidraw.h>
#include <linux/serial.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>
#include <sys/auxv.h>

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

int clinux_hidraw_descriptor(int descriptor, uint8_t *bytes, size_t size) {
    struct hidraw_report_descriptor report;
    int length = 0;
    if (ioctl(descriptor, HIDIOCGRDESCSIZE, &length) < 0) {
        return -1;
    }
    report.size = (unsigned)length;
    if (ioctl(descriptor, HIDIOCGRDESC, &report) < 0) {
        return -1;
    }
    memcpy(bytes, report.value, (size_t)length < size ? (size_t)length : size);
    return length;
}

int clinux_hidraw_ids(int descriptor, uint16_t *vendor, uint16_t *product) {
    struct hidraw_devinfo info;
    if (ioctl(descriptor, HIDIOCGRAWINFO, &info) < 0) {
        return -1;
    }
    *vendor = (uint16_t)info.vendor;
    *product = (uint16_t)info.product;
    return 0;
}

int clinux_hidraw_set_feature(int descriptor, const uint8_t *bytes, size_t size) {
    return ioctl(descriptor, HIDIOCSFEATURE(size), bytes);
}

int clinux_hidraw_get_feature(int descriptor, uint8_t *bytes, size_t size) {
    return ioctl(descriptor, HIDIOCGFEATURE(size), bytes);
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

int clinux_clock_is_synchronised(void) {
    struct timex state = {0};
    int answer = adjtimex(&state);
    return answer < 0 ? -1 : answer != TIME_ERROR && !(state.status & STA_UNSYNC);
}

const char *clinux_started_path(void) { return (const char *)getauxval(AT_EXECFN); }
