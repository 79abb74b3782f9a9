import Barcodes
import CZBar
import Pictures

/// libzbar, set up for what it reads well. Belongs to one thread at a time.
///
/// GS1 DataBar Expanded is off: libzbar turns one in three into another text. QR codes are taken as
/// bytes, for its guess at character sets is worse than ours.
final class ZBarScanner {
    /// Lines of a picture that are looked at: every one, every second...
    struct Density: Equatable {
        var across = 1
        /// 0: only lines from left to right.
        var down = 1
    }

    private let scanner: OpaquePointer?
    private var density = Density()

    init(readsMatrixCodes: Bool = true) {
        scanner = zbar_image_scanner_create()
        set(ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
        for kind in Self.kinds.keys { set(zbar_symbol_type_t(rawValue: kind), ZBAR_CFG_ENABLE, 1) }
        set(ZBAR_QRCODE, ZBAR_CFG_ENABLE, readsMatrixCodes ? 1 : 0)
        set(ZBAR_QRCODE, ZBAR_CFG_BINARY, 1)
        set(ZBAR_I25, ZBAR_CFG_MIN_LEN, 6)
        set(ZBAR_CODE39, ZBAR_CFG_MIN_LEN, 3)
        set(ZBAR_CODABAR, ZBAR_CFG_MIN_LEN, 4)
        set(ZBAR_NONE, ZBAR_CFG_POSITION, 1)
    }

    deinit {
        if let scanner { zbar_image_scanner_destroy(scanner) }
    }

    func read(_ picture: GreyPicture, density: Density = Density()) -> [RawReading] {
        guard let scanner, let image = zbar_image_create() else { return [] }
        defer { zbar_image_destroy(image) }
        use(density)
        zbar_image_set_format(image, Self.format)
        zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
        return picture.withPixels { pixels in
            zbar_image_set_data(image, pixels, UInt(picture.width * picture.height), nil)
            guard zbar_scan_image(scanner, image) > 0 else { return [] }
            return Self.readings(of: image)
        }
    }

    private func use(_ wanted: Density) {
        guard density != wanted else { return }
        density = wanted
        set(ZBAR_NONE, ZBAR_CFG_Y_DENSITY, wanted.across)
        set(ZBAR_NONE, ZBAR_CFG_X_DENSITY, wanted.down)
    }

    private func set(_ kind: zbar_symbol_type_t, _ key: zbar_config_t, _ value: Int) {
        let status = zbar_image_scanner_set_config(scanner, kind, key, Int32(value))
        // An older library without this symbology reads one kind less.
        assert(status == 0 || key != ZBAR_CFG_ENABLE)
    }

    /// "Y800", as V4L2 spells it.
    private static let format: UInt = 0x3030_3859

    /// By libzbar's number.
    private static let kinds: [UInt32: (symbology: Symbology, aim: String)] = [
        ZBAR_EAN13.rawValue: (.ean13, "]E0"), ZBAR_EAN8.rawValue: (.ean8, "]E4"),
        ZBAR_UPCA.rawValue: (.upcA, "]E0"),
        ZBAR_UPCE.rawValue: (.upcE, "]E0"), ZBAR_I25.rawValue: (.itf, "]I0"),
        ZBAR_CODE39.rawValue: (.code39, "]A0"),
        ZBAR_CODE93.rawValue: (.code93, "]G0"), ZBAR_CODE128.rawValue: (.code128, "]C0"),
        ZBAR_CODABAR.rawValue: (.codabar, "]F0"), ZBAR_DATABAR.rawValue: (.dataBar, "]e0"),
        ZBAR_QRCODE.rawValue: (.qr, "]Q1"),
    ]
}

extension ZBarScanner {
    private static func readings(of image: OpaquePointer) -> [RawReading] {
        var readings: [RawReading] = []
        var next = zbar_image_first_symbol(image)
        while let symbol = next {
            if let reading = reading(of: symbol) { readings.append(reading) }
            next = zbar_symbol_next(symbol)
        }
        return readings
    }

    private static func reading(of symbol: OpaquePointer) -> RawReading? {
        guard let kind = kinds[zbar_symbol_get_type(symbol).rawValue],
            let data = zbar_symbol_get_data(symbol)
        else { return nil }
        let length = Int(zbar_symbol_get_data_length(symbol))
        let bytes = UnsafeRawBufferPointer(start: data, count: length)
        return RawReading(
            symbology: kind.symbology, aim: aim(of: symbol, kind), bytes: Array(bytes),
            engine: .zbar, lines: Int(zbar_symbol_get_quality(symbol)), place: place(of: symbol))
    }

    /// FNC1 in first place makes it GS1's, in second place somebody else's that AIM registered.
    private static func aim(
        of symbol: OpaquePointer, _ kind: (symbology: Symbology, aim: String)
    ) -> String {
        let modifiers = zbar_symbol_get_modifiers(symbol)
        let isGS1 = modifiers & (1 << ZBAR_MOD_GS1.rawValue) != 0
        let isAIM = modifiers & (1 << ZBAR_MOD_AIM.rawValue) != 0
        switch kind.symbology {
        case .code128: return isGS1 ? "]C1" : isAIM ? "]C2" : "]C0"
        case .qr: return isGS1 ? "]Q3" : isAIM ? "]Q5" : "]Q1"
        default: return kind.aim
        }
    }

    private static func place(of symbol: OpaquePointer) -> Quadrilateral {
        let points = (0..<zbar_symbol_get_loc_size(symbol)).map { index in
            SIMD2<Float>(
                Float(zbar_symbol_get_loc_x(symbol, index)),
                Float(zbar_symbol_get_loc_y(symbol, index)))
        }
        return Quadrilateral(points.count > 4 ? box(around: points) : points)
    }

    /// A linear code has two points for each line that met it.
    private static func box(around points: [SIMD2<Float>]) -> [SIMD2<Float>] {
        let all = Quadrilateral(points)
        let (low, high) = (all.lower, all.upper)
        return [low, [high.x, low.y], high, [low.x, high.y]]
    }
}
