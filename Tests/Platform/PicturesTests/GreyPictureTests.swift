import Pictures
import ScanTesting
import Testing

@Suite struct GreyPictureTests {
    private func ramp(_ width: Int, _ height: Int) throws -> GreyPicture {
        try #require(
            GreyPicture(
                width: width, height: height,
                pixels: (0..<(width * height)).map { UInt8($0 % width * 255 / (width - 1)) }))
    }

    @Test func theIdentityChangesNothingInside() throws {
        let picture = try ramp(30, 20)
        let same = try #require(picture.cut(.identity, width: 29, height: 19))
        let inside = try #require(picture.cut(x: 0, y: 0, width: 29, height: 19))
        #expect(same == inside)
    }

    @Test func aHalfTurnTwiceIsWhereItWas() throws {
        let picture = try ramp(41, 41)
        let turn = PictureMapping(center: [20, 20], radians: .pi, scale: 1, width: 41, height: 41)
        let turned = try #require(picture.cut(turn, width: 41, height: 41))
        let back = try #require(turned.cut(turn, width: 41, height: 41))
        for place in [5 * 41 + 7, 20 * 41 + 20, 30 * 41 + 33] {
            #expect(abs(Int(back.pixels[place]) - Int(picture.pixels[place])) <= 3)
        }
    }

    @Test func mirroringTwiceChangesNothing() throws {
        let picture = try ramp(17, 5)
        var mirrored = picture
        mirrored.mirror()
        #expect(mirrored.pixels[0] == 255)
        mirrored.mirror()
        #expect(mirrored == picture)
    }

    @Test func smoothingKeepsAnEvenPicture() throws {
        let even = try #require(
            GreyPicture(width: 12, height: 9, pixels: Array(repeating: 77, count: 108)))
        #expect(even.smoothed(across: 3, down: 2) == even)
        #expect(even.sharpened(radius: 1, amount: 2) == even)
        #expect(even.shrunk(by: 3)?.pixels == Array(repeating: 77, count: 12))
        #expect(even.shrunk(by: 10) == nil)
    }

    @Test func aCutOutsideIsNothing() throws {
        let picture = try ramp(10, 10)
        #expect(picture.cut(x: 10, y: 0, width: 5, height: 5) == nil)
        #expect(picture.cut(x: -3, y: 8, width: 5, height: 5)?.width == 2)
    }

    @Test func aChangeInOneCornerIsSeen() throws {
        let picture = try ramp(160, 120)
        #expect(picture.change(since: picture) == 0)
        var pixels = picture.pixels
        for row in 0..<15 { for column in 0..<20 { pixels[row * 160 + column] = 255 } }
        let other = try #require(GreyPicture(width: 160, height: 120, pixels: pixels))
        #expect(try #require(other.change(since: picture)) > 200)
        #expect(other.change(since: try ramp(20, 20)) == nil)
    }
}
