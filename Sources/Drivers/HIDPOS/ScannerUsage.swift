/// Usages of a scanner (USB-IF, HID Point of Sale Usage Tables 1.02, page 0x8C; the byte count is
/// of Generic Desktop, HID Usage Tables 1.12).
enum ScannerUsage {
    static let page: UInt32 = 0x8C
    static let scanner = usage(0x02)
    static let scannedData = usage(0x12)
    static let prevent = usage(0x5F)
    static let goodReadLight = usage(0x7D)
    static let errorBeep = usage(0x85)
    static let goodReadBeep = usage(0x86)
    static let notOnFileBeep = usage(0x87)
    /// The three characters of the AIM identifier.
    static let symbology = [usage(0xFB), usage(0xFC), usage(0xFD)]
    static let data = usage(0xFE)
    static let continued = usage(0xFF)
    static let byteCount: UInt32 = 0x0001_003B

    private static func usage(_ id: UInt32) -> UInt32 { page << 16 | id }
}
