import CZint

/// A barcode as black rectangles, ready to be drawn at any size.
public struct PrintedBarcode: Sendable, Equatable {
    public enum Kind: Sendable {
        case code128, qr
        /// Takes element strings with brackets: `[01]04006381333931[10]L7`.
        case gs1Code128
    }

    /// In the widths of the narrowest bar.
    public struct Bar: Sendable, Equatable {
        public var x, y, width, height: Int
    }

    /// Why a text can't be a barcode, in the words of libzint.
    public struct Failure: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    public let bars: [Bar]
    /// With the quiet zone around it.
    public let width, height: Int

    /// In widths of the narrowest bar: Code 128 wants 10 (ISO/IEC 15417), QR 4 (ISO/IEC 18004).
    private static let quietZone = 10
    private static let barHeight = 40
    /// libzint doubles everything, so that halves of a width can be told.
    private static let unit: Float = 2

    public init(_ kind: Kind, _ text: String) throws(Failure) {
        guard let symbol = ZBarcode_Create() else {
            throw Failure(description: "there is no memory for a barcode")
        }
        defer { ZBarcode_Delete(symbol) }
        symbol.pointee.symbology = Self.number(of: kind)
        symbol.pointee.show_hrt = 0
        symbol.pointee.height = kind == .qr ? 0 : Float(Self.barHeight)
        symbol.pointee.input_mode = kind == .gs1Code128 ? GS1_MODE : UNICODE_MODE
        let bytes = Array(text.utf8)
        let result = ZBarcode_Encode_and_Buffer_Vector(symbol, bytes, Int32(bytes.count), 0)
        guard result < ZINT_ERROR, let vector = symbol.pointee.vector else {
            throw Failure(description: Self.words(of: symbol))
        }
        bars = Self.bars(vector.pointee.rectangles)
        width = (bars.map { $0.x + $0.width }.max() ?? 0) + Self.quietZone
        height = (bars.map { $0.y + $0.height }.max() ?? 0) + Self.quietZone
    }

    private static func number(of kind: Kind) -> Int32 {
        switch kind {
        case .code128: BARCODE_CODE128
        case .qr: BARCODE_QRCODE
        case .gs1Code128: BARCODE_GS1_128
        }
    }

    private static func words(of symbol: UnsafeMutablePointer<zint_symbol>) -> String {
        withUnsafeBytes(of: symbol.pointee.errtxt) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    private static func bars(_ first: UnsafeMutablePointer<zint_vector_rect>?) -> [Bar] {
        var bars: [Bar] = []
        var next = first
        while let bar = next?.pointee {
            bars.append(
                Bar(
                    x: Int(bar.x / unit) + quietZone, y: Int(bar.y / unit) + quietZone,
                    width: Int(bar.width / unit), height: Int(bar.height / unit)))
            next = bar.next
        }
        return bars
    }
}

extension PrintedBarcode {
    /// As SVG, `moduleMillimetres` wide for each narrowest bar.
    public func svg(moduleMillimetres: Double) -> String {
        let path = bars.map { "M\($0.x) \($0.y)h\($0.width)v\($0.height)h-\($0.width)z" }.joined()
        let (wide, high) = (Double(width) * moduleMillimetres, Double(height) * moduleMillimetres)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(wide)mm" height="\(high)mm" \
            viewBox="0 0 \(width) \(height)" shape-rendering="crispEdges">\
            <rect width="\(width)" height="\(height)" fill="#fff"/><path d="\(path)"/></svg>
            """
    }

    /// As a grey picture (PGM, binary), `scale` pixels for each narrowest bar.
    public func pgm(scale: Int) -> [UInt8] {
        let (wide, high) = (width * scale, height * scale)
        var pixels = [UInt8](repeating: 255, count: wide * high)
        for bar in bars {
            for y in bar.y * scale..<(bar.y + bar.height) * scale {
                let row = y * wide
                for x in bar.x * scale..<(bar.x + bar.width) * scale { pixels[row + x] = 0 }
            }
        }
        return Array("P5\n\(wide) \(high)\n255\n".utf8) + pixels
    }
}
