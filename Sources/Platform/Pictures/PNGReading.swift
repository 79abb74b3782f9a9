import CPNG
import CPixels

/// libpng's simplified interface, which reports faults instead of jumping out of them.
enum PNGReading {
    static func picture(_ bytes: [UInt8]) throws(PictureError) -> GreyPicture {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        let result = bytes.withUnsafeBytes { buffer in
            read(buffer, &image)
        }
        return try result.get()
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, _ image: inout png_image
    ) -> Result<GreyPicture, PictureError> {
        guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
            return .failure(.damaged(message(image)))
        }
        let (width, height) = (Int(image.width), Int(image.height))
        guard GreyPicture.allows(width: width, height: height) else { return .failure(.tooLarge) }
        let isColour = image.format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0
        image.format = isColour ? png_uint_32(PNG_FORMAT_FLAG_COLOR) : 0
        let channels = isColour ? 3 : 1
        var background = png_color(red: 255, green: 255, blue: 255)
        var isRead = false
        let raw = [UInt8](unsafeUninitializedCapacity: width * height * channels) { buffer, count in
            // Rows that a damaged file does not fill stay white.
            buffer.initialize(repeating: 255)
            count = buffer.count
            isRead =
                png_image_finish_read(
                    &image, &background, buffer.baseAddress, Int32(width * channels), nil) != 0
        }
        guard isRead else { return .failure(.damaged(message(image))) }
        return .success(
            isColour
                ? grey(raw, width, height)
                : GreyPicture(width: width, height: height, trusted: raw))
    }

    private static func grey(_ raw: [UInt8], _ width: Int, _ height: Int) -> GreyPicture {
        GreyPicture(width: width, height: height) { target in
            raw.withUnsafeBufferPointer { buffer in
                cpixels_grey_from_rgb(buffer.baseAddress, width * height, target)
            }
        }
    }

    private static func message(_ image: png_image) -> String {
        withUnsafeBytes(of: image.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
