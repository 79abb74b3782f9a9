import Pictures
import ScanTesting
import Testing

@Suite struct PictureFileTests {
    /// 3 by 2, black to white.
    private static let levels: [UInt8] = [0, 51, 102, 153, 204, 255]

    static let maps: [(rule: String, file: String, pixels: [UInt8])] = [
        ("plain", "P2 3 2 255 0 51 102 153 204 255", levels),
        ("a comment is passed over", "P2\n# by hand\n3 2\n5\n0 1 2 3 4 5", levels),
        ("raw", "P5 3 2 127 0AZaz~", [96, 130, 180, 194, 244, 252]),
    ]

    @Test(arguments: maps) func readsGreyMaps(rule: String, file: String, pixels: [UInt8]) throws {
        let picture = try GreyPicture(decoding: Array(file.utf8))
        #expect((picture.width, picture.height) == (3, 2))
        #expect(picture.pixels == pixels)
    }

    @Test func readsTwoByteValues() throws {
        let file = Array("P5 2 1 65535\n".utf8) + [0xFF, 0xFF, 0x80, 0x00]
        #expect(try GreyPicture(decoding: file).pixels == [255, 127])
    }

    @Test func aJPEGComesBackNearlyAsItWent() throws {
        let picture = try #require(
            GreyPicture(width: 64, height: 48, pixels: (0..<3072).map { UInt8($0 % 64 * 3) }))
        let back = try GreyPicture(decoding: picture.jpeg(quality: 95))
        #expect((back.width, back.height) == (64, 48))
        let worst = zip(back.pixels, picture.pixels).map { abs(Int($0) - Int($1)) }.max()
        #expect(try #require(worst) < 24)
    }

    static let refused: [(rule: String, file: [UInt8], error: PictureError)] = [
        ("nothing", [], .unknownFormat),
        ("text", Array("hello".utf8), .unknownFormat),
        ("cut off", Array("P5 9 9 255\n123".utf8), .damaged("it ends early")),
        ("too many pixels", Array("P5 16384 16384 255\n".utf8), .tooLarge),
        ("a side too long", Array("P5 16385 1 255\n".utf8), .tooLarge),
        ("no pixels", Array("P5 0 5 255\n".utf8), .tooLarge),
        ("no whitest", Array("P5 1 1 0\n0".utf8), .damaged("its header is not that of a PGM")),
    ]

    @Test(arguments: refused)
    func refuses(rule: String, file: [UInt8], error: PictureError) {
        #expect(throws: error) { try GreyPicture(decoding: file) }
    }

    /// Files with bytes changed, cut or doubled are read or refused, and never anything else.
    @Test(arguments: 0..<UInt64(40)) func bearsDamage(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let picture = try #require(
            GreyPicture(width: 40, height: 30, pixels: random.bytes(1200)))
        var file = seed % 2 == 0 ? try picture.jpeg() : Self.smallPNG
        for _ in 0..<random.below(6) + 1 {
            let place = random.below(file.count)
            switch random.below(3) {
            case 0: file[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: file.insert(contentsOf: random.bytes(random.below(9)), at: place)
            default: file.removeSubrange(place..<min(place + random.below(20), file.count - 1))
            }
        }
        do {
            let read = try GreyPicture(decoding: file)
            #expect(read.pixels.count == read.width * read.height)
        } catch {
            #expect(!"\(error)".isEmpty)
        }
    }

    /// 2 by 2: black, white; white, black.
    private static let smallPNG: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44,
        0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x08, 0x00, 0x00, 0x00, 0x00, 0x57,
        0xDD, 0x52, 0xF8, 0x00, 0x00, 0x00, 0x0E, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x60,
        0xF8, 0xCF, 0xF0, 0x9F, 0x01, 0x00, 0x06, 0x00, 0x01, 0xFF, 0x8F, 0xF1, 0xFC, 0x9A, 0x00,
        0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
}
