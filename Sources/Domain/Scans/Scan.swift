public import Barcodes
public import Replication

/// What a capture means.
public struct Scan: Sendable, Equatable {
    /// The code as text, without AIM identifier and framing.
    public var text: String
    /// nil: the device didn't say and the text doesn't show.
    public var symbology: Symbology?
    /// The AIM identifier as it came, `]E0`; empty when none did.
    public var aim: String
    public var meaning: Meaning

    public init(text: String, symbology: Symbology?, aim: String, meaning: Meaning) {
        self.text = text
        self.symbology = symbology
        self.aim = aim
        self.meaning = meaning
    }
}

/// The meanings that a code can have for a station.
public enum Meaning: Sendable, Equatable {
    case item(ItemCode)
    case place(PlaceCode)
    case serial(SerialCode)
    case command(Command)
}
