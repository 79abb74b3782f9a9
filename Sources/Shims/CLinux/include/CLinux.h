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

/// A descriptor that becomes readable when the process has ended.
int clinux_pidfd_open(int process);
/// Two ends of a pipe that no child inherits: the first to read, the second to write.
int clinux_pipe(int ends[2]);
/// Names the calling thread; the kernel keeps 15 bytes.
void clinux_name_thread(const char *name);
/// Opens a pair of terminals and answers the controlling end; the path of the other goes to `path`.
int clinux_pseudo_terminal(char *path, size_t size);
