import CPCSC
import LinuxIO

/// A reader that pcscd drives (PC/SC part 3: contactless storage cards).
///
/// pcscd shows one card at a time and selects it by itself, so "at rest" is a card that was seen
/// and has not left.
final class PCSCReader: NFCReader {
    private static let waitMilliseconds: UInt32 = 300
    private static let namesLimitBytes = 4096

    private let context: SCARDCONTEXT
    private let name: String
    private var card: (handle: SCARDHANDLE, protocol: UInt32, tag: Tag)?
    /// The reader's state when it was last looked at.
    private var state = UInt32(SCARD_STATE_UNAWARE)

    /// `wanted` is part of the reader's name; empty takes the first contactless one.
    init(named wanted: String) throws(OpeningFault) {
        var context: SCARDCONTEXT = 0
        let result = cpcsc_code(cpcsc_establish(&context))
        guard result == cpcsc_success else { throw .noPCSC(result) }
        self.context = context
        guard let name = Self.names(in: context).first(where: { Self.fits($0, wanted) }) else {
            SCardReleaseContext(context)
            throw .noPCSCReader
        }
        self.name = name
    }

    deinit {
        letGo()
        SCardReleaseContext(context)
    }

    /// All that pcscd knows; none when it knows none, or does not run.
    static func names() -> [String] {
        var context: SCARDCONTEXT = 0
        guard cpcsc_code(cpcsc_establish(&context)) == cpcsc_success else { return [] }
        defer { SCardReleaseContext(context) }
        return names(in: context)
    }

    private static func names(in context: SCARDCONTEXT) -> [String] {
        var bytes = [CChar](repeating: 0, count: namesLimitBytes)
        var length = UInt32(bytes.count)
        guard cpcsc_code(cpcsc_readers(context, &bytes, &length)) == cpcsc_success else {
            return []
        }
        return bytes.prefix(Int(length)).split(separator: 0).map { part in
            String(decoding: part.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// Many readers have a slot for security modules beside the antenna.
    static func fits(_ name: String, _ wanted: String) -> Bool {
        wanted.isEmpty ? !name.contains("SAM") : name.contains(wanted)
    }

    var isGone: Bool { false }

    func awaitTag() throws(ReaderFault) -> Tag? { try look(Self.waitMilliseconds) }

    func findTag() throws(ReaderFault) -> Tag? { try look(0) }

    /// pcscd is asked whether the same card is still there; a new one has another handle.
    func select(_ tag: Tag) throws(ReaderFault) -> Bool {
        if card?.tag == tag, try isCardThere() { return true }
        letGo()
        state = UInt32(SCARD_STATE_UNAWARE)
        return try look(0) == tag
    }

    func rest() {}

    /// A new connection resets the card.
    func refresh() {
        letGo()
        state = UInt32(SCARD_STATE_UNAWARE)
    }

    private func look(_ milliseconds: UInt32) throws(ReaderFault) -> Tag? {
        var now: UInt32 = 0
        let result = cpcsc_code(cpcsc_wait(context, name, milliseconds, state, &now))
        if result == cpcsc_timeout { return nil }
        guard result == cpcsc_success else { throw .link(Int64(result)) }
        guard now & UInt32(SCARD_STATE_UNAVAILABLE | SCARD_STATE_UNKNOWN) == 0 else {
            throw .link(Int64(cpcsc_unknown_reader))
        }
        state = now & ~UInt32(SCARD_STATE_CHANGED)
        guard now & UInt32(SCARD_STATE_PRESENT) != 0, now & UInt32(SCARD_STATE_MUTE) == 0 else {
            letGo()
            return nil
        }
        return card == nil ? try connect() : nil
    }

    private func isCardThere() throws(ReaderFault) -> Bool {
        guard let card else { return false }
        var (names, state, active) = (DWORD(0), DWORD(0), DWORD(0))
        return SCardStatus(card.handle, nil, &names, &state, &active, nil, nil)
            == SCARD_S_SUCCESS
    }

    private func connect() throws(ReaderFault) -> Tag? {
        var (handle, active) = (SCARDHANDLE(0), UInt32(0))
        guard cpcsc_code(cpcsc_connect(context, name, &handle, &active)) == cpcsc_success else {
            return nil
        }
        card = (handle, active, Tag(uid: [], technology: .a(sak: 0)))
        // GET DATA (part 3, section 3.2.2.1.3).
        guard let uid = try? transmit([0xFF, 0xCA, 0x00, 0x00, 0x00]), !uid.isEmpty else {
            letGo()
            return nil  // It left while it was asked.
        }
        let tag = Tag(uid: uid, technology: technology(of: handle))
        card = (handle, active, tag)
        return tag
    }

    private func letGo() {
        if let card { SCardDisconnect(card.handle, DWORD(SCARD_RESET_CARD)) }
        card = nil
    }
}

extension PCSCReader {
    /// The name of a storage card stands in its ATR (part 3, section 3.1.3.2.3.1).
    private func technology(of handle: SCARDHANDLE) -> Tag.Technology {
        var atr = [UInt8](repeating: 0, count: 33)
        var (length, names, state, active) = (DWORD(33), DWORD(0), DWORD(0), DWORD(0))
        let result = SCardStatus(handle, nil, &names, &state, &active, &atr, &length)
        guard result == SCARD_S_SUCCESS else { return .a(sak: 0x20) }
        return Self.technology(ofATR: Array(atr.prefix(Int(length))))
    }

    static func technology(ofATR atr: [UInt8]) -> Tag.Technology {
        let name: [UInt8] = [0xA0, 0x00, 0x00, 0x03, 0x06]
        guard atr.count >= 15, Array(atr[7..<12]) == name else { return .a(sak: 0x20) }
        switch UInt16(atr[13]) << 8 | UInt16(atr[14]) {
        case 0x0001: return .a(sak: 0x08)
        case 0x0002: return .a(sak: 0x18)
        case 0x0003: return .a(sak: 0x00)
        case 0x003B: return .felica
        default: return .a(sak: 0xFF)
        }
    }

    func perform(_ command: TagCommand) throws(ReaderFault) -> [UInt8] {
        switch command {
        case .readPages(let page): return try transmit([0xFF, 0xB0, 0x00, page, 0x10])
        case .writePage(let page, let bytes):
            return try transmit([0xFF, 0xD6, 0x00, page, 0x04] + bytes)
        case .authenticate(let block, let key, _):
            _ = try transmit([0xFF, 0x82, 0x00, 0x00, 0x06] + key)
            do {
                return try transmit([0xFF, 0x86, 0, 0, 0x05, 0x01, 0x00, block, 0x60, 0x00])
            } catch .noAnswer { throw .wrongKey }
        case .readBlock(let block): return try transmit([0xFF, 0xB0, 0x00, block, 0x10])
        case .writeBlock(let block, let bytes):
            return try transmit([0xFF, 0xD6, 0x00, block, 0x10] + bytes)
        case .apdu(let bytes): return try send(bytes)
        // Raw commands differ from maker to maker.
        case .felica, .version: throw .unsupported
        }
    }

    /// A command of the reader's own: 9000 or no.
    private func transmit(_ bytes: [UInt8]) throws(ReaderFault) -> [UInt8] {
        let answer = try send(bytes)
        guard answer.suffix(2) == [0x90, 0x00] else { throw .noAnswer }
        return Array(answer.dropLast(2))
    }

    private func send(_ bytes: [UInt8]) throws(ReaderFault) -> [UInt8] {
        guard let card else { throw .noAnswer }
        var answer = [UInt8](repeating: 0, count: 300)
        var length = UInt32(answer.count)
        let result = cpcsc_code(
            cpcsc_transmit(
                card.handle, card.protocol, bytes, UInt32(bytes.count), &answer, &length))
        guard result != cpcsc_no_service else { throw .link(Int64(result)) }
        guard result == cpcsc_success else { throw .noAnswer }
        return Array(answer.prefix(Int(length)))
    }
}
