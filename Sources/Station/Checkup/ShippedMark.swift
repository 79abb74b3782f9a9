/// Tells a file of this version from any other; protects nothing.
struct ShippedMark: Equatable {
    /// Of `udev/60-scanstation.rules`.
    static let rules: UInt64 = 0x983d_0307_08bb_db66
    /// Of `udev/60-scanstation.hwdb`.
    static let table: UInt64 = 0x9a3a_4d34_e115_f691

    let value: UInt64

    /// FNV-1a, 64 bits.
    init(of bytes: some Sequence<UInt8>) {
        value = bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
