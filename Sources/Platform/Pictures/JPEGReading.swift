import CTurboJPEG

/// Takes JPEG pictures in, as grey. Belongs to one thread at a time; kept, it saves its set-up.
public final class JPEGReading {
    private let decoder: tjhandle?

    public init() {
        decoder = tjInitDecompress()
    }

    deinit {
        if let decoder { tjDestroy(decoder) }
    }

    /// A picture that ends early keeps what it has; its rest is grey.
    public func picture(_ bytes: [UInt8]) throws(PictureError) -> GreyPicture {
        try bytes.withUnsafeBufferPointer { read($0) }.get()
    }

    /// As above, but refuses a picture of which a part is missing: a camera will send another.
    public func wholePicture(_ bytes: UnsafeBufferPointer<UInt8>) throws(PictureError)
        -> GreyPicture
    {
        try read(bytes, mustBeWhole: true).get()
    }

    private func read(
        _ bytes: UnsafeBufferPointer<UInt8>, mustBeWhole: Bool = false
    ) -> Result<GreyPicture, PictureError> {
        guard let decoder else { return .failure(.failed("no JPEG decoder")) }
        guard let base = bytes.baseAddress else { return .failure(.unknownFormat) }
        var (width, height, subsampling, space) = (Int32(0), Int32(0), Int32(0), Int32(0))
        guard
            tjDecompressHeader3(
                decoder, base, UInt(bytes.count), &width, &height, &subsampling, &space) == 0
        else { return .failure(.damaged(message)) }
        guard GreyPicture.allows(width: Int(width), height: Int(height)) else {
            return .failure(.tooLarge)
        }
        var status: Int32 = 0
        let pixels = [UInt8](unsafeUninitializedCapacity: Int(width) * Int(height)) {
            buffer, count in
            // Rows that a damaged file does not fill stay white.
            buffer.initialize(repeating: 255)
            count = buffer.count
            status = tjDecompress2(
                decoder, base, UInt(bytes.count), buffer.baseAddress, width, width, height,
                Int32(TJPF_GRAY.rawValue), 0)
        }
        let isWarning = tjGetErrorCode(decoder) == Int32(TJERR_WARNING.rawValue)
        if status != 0, mustBeWhole || !isWarning, !isHarmless {
            return .failure(.damaged(message))
        }
        return .success(
            GreyPicture(width: Int(width), height: Int(height), trusted: pixels))
    }

    private var message: String { String(cString: tjGetErrorStr2(decoder)) }

    /// Many cameras pad between the parts of a picture.
    private var isHarmless: Bool { message.contains("extraneous bytes before marker") }
}
