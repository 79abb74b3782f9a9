public import DriverKit

extension DriverKind {
    public static let nfc = DriverKind.separate(
        "nfc", "NFC readers: tags and badges.", options: [], subsystem: .other)
}
