#pragma once
#include <linux/input.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

// Calls whose request numbers are C macros that Swift cannot import.
// Each returns what ioctl returns: -1 and errno when it failed.

int clinux_input_version(int descriptor, int *version);
int clinux_input_id(int descriptor, struct input_id *id);
int clinux_input_name(int descriptor, char *name, size_t size);
/// 1 grabs, 0 releases.
int clinux_input_grab(int descriptor, int grabbed);

/// How many bytes the report descriptor of a hidraw node has; at most `size` of them go to `bytes`.
int clinux_hidraw_descriptor(int descriptor, uint8_t *bytes, size_t size);
/// The bus and the ids of a hidraw node's device.
int clinux_hidraw_ids(int descriptor, uint16_t *vendor, uint16_t *product);
/// The first byte names the report; answers how many bytes went either way.
int clinux_hidraw_set_feature(int descriptor, const uint8_t *bytes, size_t size);
int clinux_hidraw_get_feature(int descriptor, uint8_t *bytes, size_t size);

/// Refuses later opens of this terminal (1), or allows them again (0).
int clinux_terminal_exclusive(int descriptor, int exclusive);
/// Raises RTS and DTR.
int clinux_serial_assert_lines(int descriptor);
/// Asks the driver to hand over each byte at once.
int clinux_serial_low_latency(int descriptor);

/// The path by which the kernel was asked to run this program; NULL when it does not say.
const char *clinux_started_path(void);
/// A descriptor that becomes readable when the process has ended.
int clinux_pidfd_open(int process);
/// Two ends of a pipe that no child inherits: the first to read, the second to write.
int clinux_pipe(int ends[2]);
/// Lets a pipe hold so many bytes.
int clinux_widen_pipe(int descriptor, int bytes);
/// 1: something keeps the wall clock right; 0: nothing does; -1: the kernel won't say.
int clinux_clock_is_synchronised(void);
/// Names the calling thread; the kernel keeps 15 bytes.
void clinux_name_thread(const char *name);
/// Opens a pair of terminals and answers the controlling end; the path of the other goes to `path`.
int clinux_pseudo_terminal(char *path, size_t size);

// Video4Linux. Sizes in pixels; formats by their four characters, `YUYV`, lowest byte first.

struct clinux_video_format {
    uint32_t format, width, height, stride, size_bytes;
};
struct clinux_video_frame {
    uint32_t buffer, used_bytes;
    /// Set when the driver says that the content is damaged.
    int is_damaged;
};
/// Fills the driver's name for the device, at most 32 bytes. 0: it streams pictures.
int clinux_video_card(int descriptor, char card[33]);
/// The device's format number `index`; -1 past the last.
int clinux_video_list_format(int descriptor, uint32_t index, uint32_t *format);
/// Asks for a format; `*format` becomes what the driver gives.
int clinux_video_set_format(int descriptor, struct clinux_video_format *format);
/// Asks for a rate; drivers that have but one refuse.
int clinux_video_set_rate(int descriptor, uint32_t frames_per_second);
/// Answers how many buffers the driver gives. 0 gives them back.
int clinux_video_request_buffers(int descriptor, uint32_t count);
/// Where a buffer is in memory; NULL when it can't be.
void *clinux_video_map(int descriptor, uint32_t buffer, size_t *length);
int clinux_video_queue(int descriptor, uint32_t buffer);
/// Takes a filled buffer; -1 and EAGAIN when there is none.
int clinux_video_dequeue(int descriptor, struct clinux_video_frame *frame);
int clinux_video_stream(int descriptor, int on);

enum clinux_video_control {
    CLINUX_VIDEO_AUTOFOCUS,
    CLINUX_VIDEO_FOCUS,
    CLINUX_VIDEO_AUTOEXPOSURE,
    CLINUX_VIDEO_EXPOSURE,
};
/// Sets a control, within its range; -1 when the camera lacks it.
int clinux_video_set_control(int descriptor, enum clinux_video_control control, int value);
