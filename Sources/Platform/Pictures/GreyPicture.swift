import CPixels

/// A picture of 8-bit grey levels, row after row, without padding.
public struct GreyPicture: Sendable, Equatable {
    /// The largest picture that is taken, in pixels: what a good phone makes.
    public static let pixelLimit = 64_000_000
    /// The longest side, in pixels.
    public static let sideLimit = 16_384

    public let width: Int
    public let height: Int
    public private(set) var pixels: [UInt8]

    /// nil: the size is not that of a picture, or not that of these pixels.
    public init?(width: Int, height: Int, pixels: [UInt8]) {
        guard Self.allows(width: width, height: height), pixels.count == width * height else {
            return nil
        }
        self.init(width: width, height: height, trusted: pixels)
    }

    init(width: Int, height: Int, trusted pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Lets `fill` write all `width * height` pixels.
    init(width: Int, height: Int, fill: (UnsafeMutablePointer<UInt8>) -> Void) {
        self.init(
            width: width, height: height,
            trusted: [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
                if let base = buffer.baseAddress { fill(base) }
                count = width * height
            })
    }

    public static func allows(width: Int, height: Int) -> Bool {
        (1...sideLimit).contains(width) && (1...sideLimit).contains(height)
            && width * height <= pixelLimit
    }

    /// Calls `body` with the pixels, which stay where they are until it returns.
    public func withPixels<Value>(_ body: (UnsafePointer<UInt8>) throws -> Value) rethrows -> Value
    {
        try pixels.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                preconditionFailure("bug: a picture without pixels")
            }
            return try body(base)
        }
    }
}

extension GreyPicture {
    /// Exchanges left and right, for cameras that show a mirror's picture.
    public mutating func mirror() {
        pixels.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            cpixels_mirror(base, width, height)
        }
    }

    public func inverted() -> GreyPicture {
        GreyPicture(width: width, height: height) { target in
            withPixels { cpixels_invert($0, width * height, target) }
        }
    }

    /// Means of squares of `factor` pixels; nil when nothing would be left.
    public func shrunk(by factor: Int) -> GreyPicture? {
        guard factor >= 1, width / factor > 0, height / factor > 0 else { return nil }
        return GreyPicture(width: width / factor, height: height / factor) { target in
            withPixels { cpixels_shrink($0, width, height, factor, target) }
        }
    }

    /// Means over boxes that reach so many pixels to each side, at most 100.
    public func smoothed(across: Int, down: Int) -> GreyPicture {
        GreyPicture(width: width, height: height) { target in
            withPixels {
                cpixels_smooth($0, width, height, min(across, 100), min(down, 100), target)
            }
        }
    }

    /// Edges made steeper: what differs from its surroundings differs `amount` times more.
    public func sharpened(radius: Int, amount: Float) -> GreyPicture {
        let blurred = smoothed(across: radius, down: radius)
            .smoothed(across: radius, down: radius)
        return GreyPicture(width: width, height: height) { target in
            withPixels { source in
                blurred.withPixels {
                    cpixels_sharpen(source, $0, width * height, amount, target)
                }
            }
        }
    }

    /// How different the most different part of the picture is, in 1/16 grey levels; nil when the
    /// sizes differ. Looks at one pixel in 64.
    public func change(since other: GreyPicture) -> Int? {
        guard width == other.width, height == other.height else { return nil }
        return withPixels { one in
            other.withPixels { Int(cpixels_change(one, $0, width, height)) }
        }
    }
}
