import Barcodes
import Pictures

/// The records that the other process sends; see `czxing.h`.
enum ZXingReport {
    /// nil: the report is torn.
    static func readings(_ report: [UInt8], count: Int) -> [RawReading]? {
        var cursor = Cursor(bytes: report)
        var readings: [RawReading] = []
        for _ in 0..<count {
            guard let record = cursor.record() else { return nil }
            if let reading = reading(record) { readings.append(reading) }
        }
        return readings
    }

    private struct Record {
        var format: Int
        var lines: Int
        var hasECI: Bool
        var corners: [SIMD2<Float>]
        var aim: [UInt8]
        var bytes: [UInt8]
        var text: [UInt8]
    }

    private struct Cursor {
        let bytes: [UInt8]
        private var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        mutating func record() -> Record? {
            guard let format = number(), let lines = number(), let eci = number() else {
                return nil
            }
            var corners: [SIMD2<Float>] = []
            for _ in 0..<4 {
                guard let x = number(), let y = number() else { return nil }
                corners.append([Float(x), Float(y)])
            }
            guard let aim = field(), let content = field(), let text = field() else { return nil }
            return Record(
                format: format, lines: lines, hasECI: eci != 0, corners: corners, aim: aim,
                bytes: content, text: text)
        }

        private mutating func number() -> Int? {
            guard position + 4 <= bytes.count else { return nil }
            defer { position += 4 }
            return bytes.withUnsafeBytes {
                Int($0.loadUnaligned(fromByteOffset: position, as: Int32.self))
            }
        }

        private mutating func field() -> [UInt8]? {
            guard let length = number(), length >= 0, position + length <= bytes.count else {
                return nil
            }
            defer { position += length }
            return Array(bytes[position..<(position + length)])
        }
    }

    private static func reading(_ record: Record) -> RawReading? {
        guard let symbology = formats[record.format] else { return nil }
        let aim = String(decoding: record.aim, as: UTF8.self)
        return RawReading(
            symbology: symbology, aim: AIMIdentifier(aim) == nil ? "]X0" : aim,
            bytes: record.bytes,
            declaredText: record.hasECI ? String(decoding: record.text, as: UTF8.self) : nil,
            engine: .zxing, lines: max(record.lines, 1), place: Quadrilateral(record.corners))
    }

    /// By ZXing's BarcodeFormat.
    private static let formats: [Int: Symbology] = [
        1 << 0: .aztec, 1 << 1: .codabar, 1 << 2: .code39, 1 << 3: .code93, 1 << 4: .code128,
        1 << 5: .dataBar, 1 << 6: .dataBarExpanded, 1 << 7: .dataMatrix, 1 << 8: .ean8,
        1 << 9: .ean13, 1 << 10: .itf, 1 << 12: .pdf417, 1 << 13: .qr, 1 << 14: .upcA,
        1 << 15: .upcE, 1 << 16: .qr,
    ]
}
