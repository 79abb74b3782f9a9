public import Pictures

/// An EAN-13 drawn on white, for tests that need a picture of a known code.
public enum DrawnCode {
    private static let left = [
        "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
        "0110111", "0001011",
    ]
    /// Which of the six left digits are drawn in the even set, by the first digit.
    private static let parities = [
        "OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO",
        "OEEOEO",
    ]

    /// 95 modules; true is black.
    private static func modules(_ digits: String) -> [Bool] {
        let values = digits.compactMap(\.wholeNumberValue)
        let parity = Array(parities[values[0]])
        var bars = "101"
        for index in 1...6 {
            let odd = left[values[index]]
            bars += parity[index - 1] == "O" ? odd : String(flipped(odd).reversed())
        }
        bars += "01010"
        for index in 7...12 { bars += flipped(left[values[index]]) }
        return (bars + "101").map { $0 == "1" }
    }

    private static func flipped(_ bars: String) -> String {
        String(bars.map { $0 == "1" ? "0" : "1" })
    }

    /// `module` pixels wide bars, 60 modules high or `height` pixels, with a quiet zone around.
    public static func ean13(
        _ digits: String, module: Int = 3, height: Int = 100, dark: UInt8 = 20, light: UInt8 = 230
    ) -> GreyPicture? {
        let bars =
            Array(repeating: false, count: 11) + modules(digits)
            + Array(repeating: false, count: 11)
        let width = bars.count * module
        let row = (0..<width).map { bars[$0 / module] ? dark : light }
        let blank = Array(repeating: light, count: width)
        let margin = 8 * module
        let rows =
            Array(repeating: blank, count: margin) + Array(repeating: row, count: height)
            + Array(repeating: blank, count: margin)
        return GreyPicture(width: width, height: rows.count, pixels: rows.flatMap { $0 })
    }

    /// A frame with pictures pasted onto an even desk, each turned by an angle around its middle,
    /// and noise that follows from `seed`.
    public static func frame(
        width: Int = 1280, height: Int = 720,
        _ labels: [(picture: GreyPicture, x: Int, y: Int, degrees: Int)], noise: Int = 4,
        seed: UInt64 = 1
    ) -> GreyPicture? {
        var random = SplitMix64(seed: seed)
        var pixels = (0..<(width * height)).map { _ in UInt8(170 + random.below(2 * noise + 1)) }
        for label in labels {
            paste(label.picture, turned: Float(label.degrees) * .pi / 180) { x, y, grey in
                let (column, row) = (label.x + x, label.y + y)
                guard (0..<width).contains(column), (0..<height).contains(row) else { return }
                let value = Int(grey) + random.below(2 * noise + 1) - noise
                pixels[row * width + column] = UInt8(min(max(value, 0), 255))
            }
        }
        return GreyPicture(width: width, height: height, pixels: pixels)
    }

    /// Calls `set` with every pixel of the turned picture, as offsets from its middle.
    private static func paste(
        _ picture: GreyPicture, turned radians: Float, set: (Int, Int, UInt8) -> Void
    ) {
        let reach = (picture.width + picture.height) / 2 + 2
        let mapping = PictureMapping(
            center: [Float(picture.width - 1) / 2, Float(picture.height - 1) / 2],
            radians: radians, scale: 1, width: 2 * reach + 1, height: 2 * reach + 1)
        guard let turned = picture.cut(mapping, width: 2 * reach + 1, height: 2 * reach + 1) else {
            return
        }
        for y in -reach...reach {
            for x in -reach...reach {
                let source = mapping.point([Float(x + reach), Float(y + reach)])
                guard source.x >= 0, source.y >= 0, source.x < Float(picture.width - 1),
                    source.y < Float(picture.height - 1)
                else { continue }
                set(x, y, turned.pixels[(y + reach) * turned.width + x + reach])
            }
        }
    }
}
