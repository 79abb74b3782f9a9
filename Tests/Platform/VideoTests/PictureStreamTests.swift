import Foundation
import Glibc
import LinuxIO
import Pictures
import ScanTesting
import Testing

@testable import Video

@Suite struct PictureStreamTests {
    private func jpeg(_ grey: UInt8) throws -> [UInt8] {
        let picture = try #require(
            GreyPicture(width: 32, height: 32, pixels: Array(repeating: grey, count: 1024)))
        return try picture.jpeg()
    }

    /// However the bytes fall into pieces, with whatever between them, the pictures come out.
    @Test(arguments: 0..<UInt64(30)) func cutsAtTheEnds(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let pictures = try (0..<4).map { try jpeg(UInt8($0 * 50)) }
        var stream: [UInt8] = []
        for picture in pictures { stream += random.chance(50) ? [0, 0xFF, 7] + picture : picture }
        var splitter = JPEGSplitter()
        var found: [[UInt8]] = []
        while !stream.isEmpty {
            let piece = random.below(300) + 1
            found += splitter.push(Array(stream.prefix(piece)))
            stream.removeFirst(min(piece, stream.count))
        }
        #expect(found == pictures)
    }

    @Test func anEndInsideASegmentIsNone() {
        let thumbnail: [UInt8] = [0xFF, 0xE1, 0, 6, 0xFF, 0xD9, 1, 2]
        let picture: [UInt8] = [0xFF, 0xD8] + thumbnail + [0xFF, 0xD9]
        var splitter = JPEGSplitter()
        #expect(splitter.push(picture + picture) == [picture, picture])
    }

    @Test func theNewestOfSeveralIsTaken() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/frames"
        try #require(mkfifo(path, 0o600) == 0)
        let stream = try PictureStream(opening: path)
        #expect(try stream.newestFrame() == nil)
        let writer = try FileDescriptor(opening: path, O_WRONLY)
        try writer.writeAll(try jpeg(10) + jpeg(100) + jpeg(200))
        let frame = try #require(try stream.newestFrame())
        #expect(abs(Int(frame.pixels[0]) - 200) < 4)
        #expect(stream.skippedFrames == 2)
        try writer.writeAll(Array(try jpeg(10).dropLast(10)) + [0xFF, 0xD9])
        #expect(try stream.newestFrame() == nil)
        #expect(stream.damagedFrames == 1)
    }
}
