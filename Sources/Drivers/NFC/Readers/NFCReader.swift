/// One reader of tags: a field with at most one selected tag in it.
///
/// Belongs to one thread. Two conformers ship: libnfc and PC/SC.
protocol NFCReader: AnyObject {
    /// Waits for a tag that is not at rest, not longer than 400 ms. nil: none came.
    func awaitTag() throws(ReaderFault) -> Tag?
    /// Looks once for a tag that is not at rest.
    func findTag() throws(ReaderFault) -> Tag?
    /// Selects this tag and no other. false: it is not there.
    func select(_ tag: Tag) throws(ReaderFault) -> Bool
    /// Puts the selected tag to rest, so that others are found beside it.
    func rest() throws(ReaderFault)
    /// Wakes the tags at rest, and forgets whatever state they were left in.
    func refresh() throws(ReaderFault)
    /// One command to the selected tag.
    func perform(_ command: TagCommand) throws(ReaderFault) -> [UInt8]
    /// Whether the device that it reads has gone.
    var isGone: Bool { get }
}

/// A tag as it showed itself when it was selected.
struct Tag: Sendable, Equatable {
    enum Technology: Sendable, Equatable {
        /// ISO 14443 type A, by its SAK.
        case a(sak: UInt8)
        case felica
    }

    var uid: [UInt8]
    var technology: Technology

    /// A telephone that makes up a new number at each tap (ISO 14443-3, section 6.5.4).
    var hasRandomUID: Bool {
        if case .a = technology { uid.count == 4 && uid.first == 0x08 } else { false }
    }
}

/// What can be asked of a tag. Each backend has its own words for it.
enum TagCommand: Equatable {
    /// Four pages of a Type 2 tag, sixteen bytes.
    case readPages(from: UInt8)
    case writePage(UInt8, [UInt8])
    /// Opens a sector of a MIFARE Classic by key A.
    case authenticate(block: UInt8, key: [UInt8], uid: [UInt8])
    case readBlock(UInt8)
    case writeBlock(UInt8, [UInt8])
    /// ISO 7816, with its status at the end of the answer.
    case apdu([UInt8])
    /// With its length in front, as the answer.
    case felica([UInt8])
    /// What an NTAG says about itself, eight bytes.
    case version
}

/// Why a reader or a tag did not do as it was told.
enum ReaderFault: Error, Equatable {
    /// It went, or was torn, or did not want to.
    case noAnswer
    /// A MIFARE Classic with another key.
    case wrongKey
    /// The reader itself, or the wire to it; libnfc's or PC/SC's number.
    case link(Int64)
    /// This backend can't do that.
    case unsupported
}
