#include "CLinux.h"

#include <errno.h>
#include <linux/videodev2.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

static int request(int descriptor, unsigned long number, void *argument) {
    int result;
    do {
        result = ioctl(descriptor, number, argument);
    } while (result < 0 && errno == EINTR);
    return result;
}

int clinux_video_card(int descriptor, char card[33]) {
    struct v4l2_capability capability = {0};
    if (request(descriptor, VIDIOC_QUERYCAP, &capability) < 0) {
        return -1;
    }
    memcpy(card, capability.card, 32);
    card[32] = 0;
    uint32_t offers = capability.capabilities & V4L2_CAP_DEVICE_CAPS ? capability.device_caps
                                                                     : capability.capabilities;
    if (!(offers & V4L2_CAP_VIDEO_CAPTURE) || !(offers & V4L2_CAP_STREAMING)) {
        errno = ENOTTY;
        return -1;
    }
    return 0;
}

int clinux_video_list_format(int descriptor, uint32_t index, uint32_t *format) {
    struct v4l2_fmtdesc description = {.index = index, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    if (request(descriptor, VIDIOC_ENUM_FMT, &description) < 0) {
        return -1;
    }
    *format = description.pixelformat;
    return 0;
}

int clinux_video_set_format(int descriptor, struct clinux_video_format *format) {
    struct v4l2_format wanted = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    wanted.fmt.pix.width = format->width;
    wanted.fmt.pix.height = format->height;
    wanted.fmt.pix.pixelformat = format->format;
    wanted.fmt.pix.field = V4L2_FIELD_NONE;
    if (request(descriptor, VIDIOC_S_FMT, &wanted) < 0) {
        return -1;
    }
    *format = (struct clinux_video_format){
        wanted.fmt.pix.pixelformat, wanted.fmt.pix.width, wanted.fmt.pix.height,
        wanted.fmt.pix.bytesperline, wanted.fmt.pix.sizeimage};
    return 0;
}

int clinux_video_set_rate(int descriptor, uint32_t frames_per_second) {
    struct v4l2_streamparm parameters = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    parameters.parm.capture.timeperframe = (struct v4l2_fract){1, frames_per_second};
    return request(descriptor, VIDIOC_S_PARM, &parameters);
}

int clinux_video_request_buffers(int descriptor, uint32_t count) {
    struct v4l2_requestbuffers buffers = {
        .count = count, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    return request(descriptor, VIDIOC_REQBUFS, &buffers) < 0 ? -1 : (int)buffers.count;
}

void *clinux_video_map(int descriptor, uint32_t buffer, size_t *length) {
    struct v4l2_buffer query = {
        .index = buffer, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    if (request(descriptor, VIDIOC_QUERYBUF, &query) < 0) {
        return NULL;
    }
    *length = query.length;
    void *memory = mmap(NULL, query.length, PROT_READ, MAP_SHARED, descriptor, query.m.offset);
    return memory == MAP_FAILED ? NULL : memory;
}

int clinux_video_queue(int descriptor, uint32_t buffer) {
    struct v4l2_buffer request_buffer = {
        .index = buffer, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    return request(descriptor, VIDIOC_QBUF, &request_buffer);
}

int clinux_video_dequeue(int descriptor, struct clinux_video_frame *frame) {
    struct v4l2_buffer filled = {
        .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    if (request(descriptor, VIDIOC_DQBUF, &filled) < 0) {
        return -1;
    }
    *frame = (struct clinux_video_frame){
        filled.index, filled.bytesused, (filled.flags & V4L2_BUF_FLAG_ERROR) != 0};
    return 0;
}

int clinux_video_stream(int descriptor, int on) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    return request(descriptor, on ? VIDIOC_STREAMON : VIDIOC_STREAMOFF, &type);
}

int clinux_video_set_control(int descriptor, enum clinux_video_control control, int value) {
    static const uint32_t numbers[] = {
        [CLINUX_VIDEO_AUTOFOCUS] = V4L2_CID_FOCUS_AUTO,
        [CLINUX_VIDEO_FOCUS] = V4L2_CID_FOCUS_ABSOLUTE,
        [CLINUX_VIDEO_AUTOEXPOSURE] = V4L2_CID_EXPOSURE_AUTO,
        [CLINUX_VIDEO_EXPOSURE] = V4L2_CID_EXPOSURE_ABSOLUTE,
    };
    struct v4l2_queryctrl range = {.id = numbers[control]};
    if (request(descriptor, VIDIOC_QUERYCTRL, &range) < 0) {
        return -1;
    }
    struct v4l2_control setting = {.id = numbers[control], .value = value};
    if (setting.value < range.minimum) setting.value = range.minimum;
    if (setting.value > range.maximum) setting.value = range.maximum;
    return request(descriptor, VIDIOC_S_CTRL, &setting);
}
