import ScanTesting

extension SplitMix64 {
    mutating func bytes(below limit: Int) -> [UInt8] {
        (0..<below(limit)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// Text of pieces that have meanings, of control characters and of any other scalars.
    mutating func text(below limit: Int) -> String {
        var text = ""
        for _ in 0..<below(limit) {
            if chance(40) {
                text += pick(Self.pieces)
            } else if let scalar = Unicode.Scalar(UInt32(below(chance(70) ? 0x100 : 0x110000))) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static let pieces = [
        "]E0", "]C1", "%SS:", "%ss:", "QTY:", "MODE:", "PLACE:", "BATCH:OPEN", "UNDO", "UNDO:",
        "LOC-", "SN-", "4006381333931", "0", "9999", "\u{1B}[2J", "\u{202E}", "\u{301}", "\r\n",
        "outside", "🧯",
    ]

    /// What no scan may hold.
    static func isNoise(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\u{1D}"
    }

    /// What may reach no log, page or terminal.
    static func isRaw(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(
            scalar.properties.generalCategory)
    }
}
