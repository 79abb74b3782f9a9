import CPixels
public import Pictures

/// The forms in which cameras hand over frames that are understood here.
public enum PixelFormat: String, Sendable, CaseIterable {
    /// In the order in which they are preferred: what is least work, and what is not squeezed.
    case grey = "GREY"
    case nv12 = "NV12"
    case yuv420 = "YU12"
    case yuyv = "YUYV"
    case motionJPEG = "MJPG"
    case jpeg = "JPEG"

    /// V4L2's number: the four characters, lowest byte first.
    public var fourCC: UInt32 {
        rawValue.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    public init?(fourCC: UInt32) {
        guard let format = Self.allCases.first(where: { $0.fourCC == fourCC }) else { return nil }
        self = format
    }

    /// Whether every frame has the same length, which is known before.
    public var isRaw: Bool { self != .motionJPEG && self != .jpeg }
}

/// The shape of the frames of one stream.
public struct FrameLayout: Sendable, Equatable {
    public var format: PixelFormat
    public var width: Int
    public var height: Int
    /// From one row to the next, in bytes; 0 for JPEG.
    public var strideBytes: Int

    public init(format: PixelFormat, width: Int, height: Int, strideBytes: Int) {
        self.format = format
        self.width = width
        self.height = height
        self.strideBytes = strideBytes
    }

    /// What is grey in a frame; nil when it is too short, torn, or no picture.
    public func picture(
        _ frame: UnsafeRawBufferPointer, jpeg: JPEGReading
    ) -> GreyPicture? {
        guard GreyPicture.allows(width: width, height: height) else { return nil }
        switch format {
        case .grey, .nv12, .yuv420: return luma(frame)
        case .yuyv: return packedLuma(frame)
        // A damaged frame is no news: the next one comes.
        case .motionJPEG, .jpeg: return try? jpeg.wholePicture(frame.bindMemory(to: UInt8.self))
        }
    }

    /// The first plane, one byte a pixel.
    private func luma(_ frame: UnsafeRawBufferPointer) -> GreyPicture? {
        let stride = max(strideBytes, width)
        guard frame.count >= stride * (height - 1) + width else { return nil }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for row in 0..<height {
            pixels += frame[(row * stride)..<(row * stride + width)]
        }
        return GreyPicture(width: width, height: height, pixels: pixels)
    }

    private func packedLuma(_ frame: UnsafeRawBufferPointer) -> GreyPicture? {
        let stride = max(strideBytes, width * 2)
        guard frame.count >= stride * (height - 1) + width * 2 else { return nil }
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
            cpixels_grey_from_yuyv(
                frame.bindMemory(to: UInt8.self).baseAddress, stride, width, height,
                buffer.baseAddress)
            count = width * height
        }
        return GreyPicture(width: width, height: height, pixels: pixels)
    }
}
