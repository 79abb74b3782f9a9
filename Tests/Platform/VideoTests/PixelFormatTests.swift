import Pictures
import ScanTesting
import Testing
import Video

@Suite struct PixelFormatTests {
    @Test(arguments: PixelFormat.allCases) func numbersAreThoseOfV4L2(format: PixelFormat) {
        #expect(PixelFormat(fourCC: format.fourCC) == format)
    }

    @Test func namesAreReadLowestByteFirst() {
        #expect(PixelFormat.yuyv.fourCC == 0x5659_5559)
        #expect(PixelFormat(fourCC: 0) == nil)
    }

    /// 2 by 2 pixels: 1 2 / 3 4, with padding where there is some.
    static let frames: [(PixelFormat, stride: Int, bytes: [UInt8])] = [
        (.grey, 2, [1, 2, 3, 4]),
        (.grey, 3, [1, 2, 0, 3, 4]),
        (.nv12, 2, [1, 2, 3, 4, 128, 128]),
        (.yuv420, 4, [1, 2, 0, 0, 3, 4, 0, 0, 128, 128]),
        (.yuyv, 4, [1, 128, 2, 128, 3, 128, 4, 128]),
        (.yuyv, 6, [1, 128, 2, 128, 0, 0, 3, 128, 4, 128]),
    ]

    @Test(arguments: frames)
    func takesTheGreyAndNoPadding(format: PixelFormat, stride: Int, bytes: [UInt8]) {
        let layout = FrameLayout(format: format, width: 2, height: 2, strideBytes: stride)
        #expect(picture(bytes, layout)?.pixels == [1, 2, 3, 4])
    }

    @Test(arguments: frames)
    func aShortFrameIsNoPicture(format: PixelFormat, stride: Int, bytes: [UInt8]) {
        let layout = FrameLayout(format: format, width: 2, height: 2, strideBytes: stride)
        let needed = format == .yuyv ? stride + 4 : stride + 2
        #expect(picture(Array(bytes.prefix(needed)), layout) != nil)
        #expect(picture(Array(bytes.prefix(needed - 1)), layout) == nil)
    }

    @Test func aTornJPEGIsNoPictureAndPaddingIsBorne() throws {
        let grey = try #require(
            GreyPicture(width: 64, height: 64, pixels: Array(repeating: 90, count: 4096)))
        let jpeg = try grey.jpeg()
        let layout = FrameLayout(format: .motionJPEG, width: 64, height: 64, strideBytes: 0)
        #expect(picture(jpeg, layout)?.width == 64)
        #expect(picture(jpeg + Array(repeating: 0, count: 512), layout)?.width == 64)
        #expect(picture(Array(jpeg.prefix(jpeg.count - 20)), layout) == nil)
        #expect(picture([], layout) == nil)
    }

    /// Whatever a driver hands over, in whatever layout, is a picture of that size, or none.
    @Test(arguments: 0..<UInt64(60)) func bearsAnything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let layout = FrameLayout(
            format: random.pick(PixelFormat.allCases), width: random.below(70),
            height: random.below(70), strideBytes: random.below(200))
        let bytes = random.bytes(random.below(9000))
        let jpegStart: [UInt8] = random.chance(50) ? [0xFF, 0xD8, 0xFF, 0xDB] : []
        guard let read = picture(jpegStart + bytes, layout) else { return }
        #expect(read.pixels.count == read.width * read.height)
    }

    private func picture(_ bytes: [UInt8], _ layout: FrameLayout) -> GreyPicture? {
        bytes.withUnsafeBytes { layout.picture($0, jpeg: JPEGReading()) }
    }
}
