#include "czxing.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <ZXing/ZXVersion.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using Formats = ZXing::BarcodeFormats;
using Format = ZXing::BarcodeFormat;

int quiet_status = 0;

void end_quietly(int) { _exit(quiet_status); }

struct Report {
    std::vector<uint8_t> bytes;

    void number(int32_t value) {
        const auto *from = reinterpret_cast<const uint8_t *>(&value);
        bytes.insert(bytes.end(), from, from + sizeof(value));
    }

    void field(const void *data, size_t length) {
        number(static_cast<int32_t>(length));
        const auto *from = static_cast<const uint8_t *>(data);
        bytes.insert(bytes.end(), from, from + length);
    }

    void field(const std::string &text) { field(text.data(), text.size()); }
};

Formats formats(int options) {
    Formats linear = Format::Codabar | Format::Code39 | Format::Code93 | Format::Code128 |
        Format::DataBar | Format::DataBarExpanded | Format::EAN8 | Format::EAN13 | Format::ITF |
        Format::UPCA | Format::UPCE;
    Formats matrix = Format::Aztec | Format::DataMatrix | Format::PDF417 | Format::QRCode |
        Format::MicroQRCode;
    if (options & CZXING_MATRIX) return matrix;
    if (options & CZXING_LINEAR) return linear;
    return linear | matrix;
}

ZXing::DecodeHints hints(int options) {
    ZXing::DecodeHints hints;
    hints.setFormats(formats(options));
    hints.setTryHarder(options & CZXING_THOROUGH);
    hints.setTryRotate(options & CZXING_THOROUGH);
    hints.setReturnCodabarStartEnd(true);
    hints.setMaxNumberOfSymbols(options & CZXING_ONE ? 1 : 64);
    hints.setBinarizer(
        options & CZXING_ONE_THRESHOLD ? ZXing::Binarizer::GlobalHistogram
                                       : ZXing::Binarizer::LocalAverage);
    return hints;
}

void add(const ZXing::Result &code, Report &report) {
    report.number(static_cast<int32_t>(code.format()));
    report.number(code.lineCount());
    report.number(code.hasECI());
    for (const auto &corner : code.position()) {
        report.number(corner.x);
        report.number(corner.y);
    }
    report.field(code.symbologyIdentifier());
    report.field(code.bytes().data(), code.bytes().size());
    report.field(code.text());
}

}  // namespace

int czxing_version(void) {
    return ZXING_VERSION_MAJOR * 10000 + ZXING_VERSION_MINOR * 100 + ZXING_VERSION_PATCH;
}

int czxing_read(
    const uint8_t *grey, int width, int height, int options, uint8_t **out, size_t *length) {
    try {
        ZXing::ImageView view(grey, width, height, ZXing::ImageFormat::Lum);
        Report report;
        int count = 0;
        for (const auto &code : ZXing::ReadBarcodes(view, hints(options))) {
            if (!code.isValid()) continue;
            add(code, report);
            count++;
        }
        *length = report.bytes.size();
        *out = static_cast<uint8_t *>(malloc(report.bytes.size() + 1));
        if (!*out) return -1;
        memcpy(*out, report.bytes.data(), report.bytes.size());
        return count;
    } catch (...) {
        return -1;
    }
}

void czxing_end_quietly(int status) {
    quiet_status = status;
    signal(SIGABRT, end_quietly);
    signal(SIGSEGV, end_quietly);
    signal(SIGBUS, end_quietly);
    signal(SIGFPE, end_quietly);
    signal(SIGILL, end_quietly);
}
