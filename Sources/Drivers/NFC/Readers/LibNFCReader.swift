import CNFC
import LinuxIO

/// A PN53x chip, by libnfc.
///
/// libnfc can be made to crash and to hang by what a reader or a tag says: this must run in a
/// process of its own, by one thread, under a watchdog. What is never called here, and why:
/// `nfc_initiator_poll_target` (hangs for ever when the chip is mute; mixes two tags up),
/// `nfc_exit` (takes the drivers from every context), `nfc_abort_command` (leaks when nothing blocks).
final class LibNFCReader: NFCReader {
    /// Of one command to a tag.
    private static let answerLimitMilliseconds: Int32 = 500
    /// Between two looks at a field where waiting selects can't be had.
    private static let pollPause = Duration.milliseconds(60)
    /// libnfc copies what it is told into 262 bytes without looking.
    private static let commandLimitBytes = 250
    /// `NFC_ETIMEOUT`: while a select waits for ever, that nothing came.
    private static let timeout: Int32 = -6

    private let device: OpaquePointer
    private let place: ReaderPlace
    private var waitsForEver = true

    /// The place must be claimed already.
    init(at place: ReaderPlace) throws(OpeningFault) {
        self.place = place
        device = try Self.open(place)
        guard nfc_initiator_init(device) >= 0 else {
            nfc_close(device)
            throw .silent
        }
    }

    deinit {
        nfc_close(device)
    }

    private static func open(_ place: ReaderPlace) throws(OpeningFault) -> OpaquePointer {
        guard let context = cnfc_context() else { throw .noMemory }
        for connection in place.connections {
            guard let device = nfc_open(context, connection) else { continue }
            if cnfc_is_sound(device) == 1 { return device }
            // An answer was lost on the way, and the first select would end the process.
            nfc_close(device)
        }
        throw .silent
    }

    var isGone: Bool { place.isGone }

    /// With a serial chip the wait is its own; with the others, selects that wait are unreliable.
    func awaitTag() throws(ReaderFault) -> Tag? {
        guard place.isSerial else {
            if let tag = try findTag() { return tag }
            try refresh()
            _ = try? Poll.wait(timeout: Self.pollPause)  // Only a pause.
            return nil
        }
        try wait(forEver: true)
        let (result, tag) = selectA([])
        if let tag { return tag }
        guard result == 0 || result == Self.timeout else { throw Self.fault(result) }
        try refresh()
        return try findFeliCa()
    }

    func findTag() throws(ReaderFault) -> Tag? {
        try wait(forEver: false)
        let (result, tag) = selectA([])
        if let tag { return tag }
        if let fault = Self.linkFault(result) { throw fault }
        return try findFeliCa()
    }

    func select(_ tag: Tag) throws(ReaderFault) -> Bool {
        try wait(forEver: false)
        guard case .a = tag.technology else { return try findFeliCa() == tag }
        let (result, found) = selectA(tag.uid)
        if let fault = Self.linkFault(result) { throw fault }
        return found?.uid == tag.uid
    }

    func rest() throws(ReaderFault) {
        if let fault = Self.linkFault(nfc_initiator_deselect_target(device)) { throw fault }
    }

    /// Also shows that the chip still answers: while it waits for a tag, silence is normal.
    func refresh() throws(ReaderFault) {
        for isOn in [false, true] {
            let result = nfc_device_set_property_bool(device, NP_ACTIVATE_FIELD, isOn)
            if result < 0 { throw .link(Int64(result)) }
        }
    }

    func perform(_ command: TagCommand) throws(ReaderFault) -> [UInt8] {
        switch command {
        case .readPages(let page): try exchange([0x30, page])
        case .writePage(let page, let bytes): try exchange([0xA2, page] + bytes)
        case .authenticate(let block, let key, let uid):
            try exchange([0x60, block] + key + uid.suffix(4))
        case .readBlock(let block): try exchange([0x30, block])
        case .writeBlock(let block, let bytes): try exchange([0xA0, block] + bytes)
        case .apdu(let bytes): try exchange(bytes)
        case .felica(let bytes): try exchange(bytes)
        case .version: try plainly { () throws(ReaderFault) in try exchange([0x60]) }
        }
    }
}

extension LibNFCReader {
    private func wait(forEver isEndless: Bool) throws(ReaderFault) {
        guard isEndless != waitsForEver else { return }
        let result = nfc_device_set_property_bool(device, NP_INFINITE_SELECT, isEndless)
        if result < 0 { throw .link(Int64(result)) }
        waitsForEver = isEndless
    }

    private func selectA(_ uid: [UInt8]) -> (result: Int32, tag: Tag?) {
        var header = [UInt8](repeating: 0, count: 3)
        var found = [UInt8](repeating: 0, count: 10)
        var ats = [UInt8](repeating: 0, count: 254)
        var (foundLength, atsLength) = (0, 0)
        let result = cnfc_select_a(
            device, uid, uid.count, &header, &found, &foundLength, &ats, &atsLength)
        guard result > 0, foundLength > 0 else { return (min(result, 0), nil) }
        let tag = Tag(uid: Array(found.prefix(foundLength)), technology: .a(sak: header[2]))
        return (result, tag)
    }

    private func findFeliCa() throws(ReaderFault) -> Tag? {
        try wait(forEver: false)
        var found = [UInt8](repeating: 0, count: 16)
        let result = cnfc_select_felica(device, &found)
        if let fault = Self.linkFault(result) { throw fault }
        return result > 0 ? Tag(uid: Array(found.prefix(8)), technology: .felica) : nil
    }

    private func exchange(_ bytes: [UInt8]) throws(ReaderFault) -> [UInt8] {
        guard bytes.count <= Self.commandLimitBytes else { throw .unsupported }
        var answer = [UInt8](repeating: 0, count: 300)
        let result = nfc_initiator_transceive_bytes(
            device, bytes, bytes.count, &answer, answer.count, Self.answerLimitMilliseconds)
        guard result >= 0 else { throw Self.fault(result) }
        return Array(answer.prefix(Int(result)))
    }

    /// Past the chip's own protocol, for commands that it would take for others.
    private func plainly(_ body: () throws(ReaderFault) -> [UInt8]) throws(ReaderFault) -> [UInt8] {
        nfc_device_set_property_bool(device, NP_EASY_FRAMING, false)
        defer { nfc_device_set_property_bool(device, NP_EASY_FRAMING, true) }
        return try body()
    }

    /// libnfc's numbers: -20 and -10 speak of the tag, -30 of its key; the rest of the reader.
    private static func fault(_ result: Int32) -> ReaderFault {
        switch result {
        case -20, -10, -2: .noAnswer
        case -30: .wrongKey
        default: .link(Int64(result))
        }
    }

    /// Of a select that does not wait: "none" and a tag that failed half way are no fault.
    private static func linkFault(_ result: Int32) -> ReaderFault? {
        guard result < 0, case .link(let number) = fault(result) else { return nil }
        return .link(number)
    }
}
