public import Replication

/// What a person can tell the station to do, whichever way they say it: a command barcode, a
/// badge, a spoken sentence, a button or a call of the local API.
public enum Command: Sendable, Equatable, Hashable {
    case mode(Mode)
    /// The context for what follows, and in move mode the destination.
    case place(PlaceCode)
    /// How many the next scan stands for.
    case quantity(Int64)
    case openBatch
    case closeBatch
    case cancelBatch
    /// Takes back the last line.
    case undo
    /// Takes back one line, wherever it stands.
    case undoLine(OperationID)
    case unit(UnitStep)
    /// The profile of that name; nil: none.
    case profile(String?)
    /// Compare with the expected list of that code; nil: with none.
    case list(String?)
    /// An answer to what an assignment asks.
    case answer(SpokenPhrase)

    /// The greatest quantity that one scan can stand for.
    public static let quantityLimit: Int64 = 9999
}

/// What a scan of an item does.
public enum Mode: String, Sendable, Equatable, Hashable, CaseIterable, Codable {
    case receive, count, move
    case lookUp = "look-up"
}
