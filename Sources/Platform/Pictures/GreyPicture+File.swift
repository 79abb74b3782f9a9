extension GreyPicture {
    /// The largest picture file that is read, in bytes.
    public static let fileLimitBytes = 64 * 1024 * 1024

    /// Reads a PNG, JPEG or PGM picture; colours become grey, what is see-through becomes white.
    public init(decoding bytes: [UInt8]) throws(PictureError) {
        guard bytes.count <= Self.fileLimitBytes else { throw .tooLarge }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            self = try PNGReading.picture(bytes)
        } else if bytes.starts(with: [0xFF, 0xD8]) {
            self = try JPEGReading().picture(bytes)
        } else if bytes.starts(with: [0x50, 0x35]) || bytes.starts(with: [0x50, 0x32]) {
            self = try PGMReading.picture(bytes)
        } else {
            throw .unknownFormat
        }
    }
}
