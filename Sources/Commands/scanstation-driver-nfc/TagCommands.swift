import ArgumentParser
import CommandKit
import DriverKit
import Foundation
import NDEF
import NFC

/// Which reader.
struct ReaderOptions: ParsableArguments {
    @Option(
        name: .customLong("device"),
        help: "The reader: a serial port, /dev/bus/usb, or pcscd's socket.")
    var node = TagDesk.defaultNode
    @Option(help: "In baud, of a serial reader.") var speed = 115_200
    @Option(help: "Part of the name of one of pcscd's readers.") var reader = ""
    @Option(name: .customLong("wait"), help: "Seconds to wait for a tag.") var patience = 30
    @Flag(help: "One JSON object a line.") var json = false

    func validate() throws {
        guard (1...86_400).contains(patience) else {
            throw ValidationError("--wait is 1 to 86400 seconds.")
        }
    }

    func open() throws -> TagDesk {
        do {
            return try TagDesk(node: node, speed: speed, readerName: reader)
        } catch let fault as DriverFault where fault.code == .busy {
            throw DriverFault(
                .busy, fault.message,
                fix: "If the daemon reads it: scanstationctl devices disable NAME. \(fault.fix)")
        }
    }

    func awaitTag(at desk: TagDesk) throws -> PresentTag {
        if !json { printError("Hold a tag to the reader.") }
        guard let tag = try desk.awaitTag(for: .seconds(patience)) else {
            throw CommandFailure(
                status: .noDevice, code: "nfc-no-tag", message: "No tag came within \(patience) s.")
        }
        return tag
    }
}

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Show what one tag holds.",
        discussion: "Exit 1 when it holds no message that can be read.")

    @OptionGroup var reader: ReaderOptions

    func run() throws {
        let tag = try reader.awaitTag(at: try reader.open())
        let report = TagReport(tag, tag.contents())
        report.show(asJSON: reader.json)
        if report.code != nil { throw ExitCode.failure }
    }
}

struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Show each tag that comes, until Ctrl-C.")

    @OptionGroup var reader: ReaderOptions

    func run() throws {
        let desk = try reader.open()
        while true {
            guard let tag = try desk.awaitTag(for: .seconds(86_400)) else { continue }
            TagReport(tag, tag.contents()).show(asJSON: reader.json)
            try desk.awaitDeparture(of: tag)
        }
    }
}

struct WriteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write", abstract: "Write one tag, and read it back.",
        discussion: """
            An item: --uri https://id.example.org/01/09506000134352
            A place: --text LOC-A1
            --lock makes the tag read-only for ever, and needs --yes or a person who says so.
            """)

    @Option(help: "A URI, a GS1 Digital Link for example.") var uri: String?
    @Option(help: "A text: an item's code, a place, a command code.") var text: String?
    @Flag(help: "Make it read-only. This can never be undone.") var lock = false
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var reader: ReaderOptions

    func validate() throws {
        guard (uri == nil) != (text == nil) else {
            throw ValidationError("Say what to write: --uri or --text.")
        }
        guard (uri ?? text)?.isEmpty == false else {
            throw ValidationError("There is nothing to write.")
        }
    }

    func run() throws {
        if lock && !yes { try confirm() }
        let record: NDEFRecord = uri.map { .uri($0) } ?? .text(text ?? "")
        let tag = try reader.awaitTag(at: try reader.open())
        try tag.write(NDEFMessage(records: [record]), locks: lock)
        let report = TagReport(tag, tag.contents(), isWritten: true, isLocked: lock)
        report.show(asJSON: reader.json)
    }

    private func confirm() throws {
        printError("The tag can never be written again. Type 'lock' to go on:")
        guard readLine() == "lock" else {
            throw CommandFailure(code: "nfc-not-confirmed", message: "Nothing was written.")
        }
    }
}

/// One tag, as a line.
struct TagReport: Encodable {
    var uid: String
    var kind: String
    var says: String?
    var records: Int?
    var code: String?
    var message: String?
    var written: Bool?
    var locked: Bool?

    init(
        _ tag: PresentTag, _ contents: PresentTag.Contents, isWritten: Bool = false,
        isLocked: Bool = false
    ) {
        (uid, kind) = (tag.uid, tag.kind)
        says = contents.message?.saying
        records = contents.message?.records.count
        (code, message) = (contents.fault?.code, contents.fault?.sentence)
        written = isWritten ? true : nil
        locked = isLocked ? true : nil
    }

    func show(asJSON isJSON: Bool) {
        print(isJSON ? json : text)
        fflush(nil)
    }

    private var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and numbers can always be encoded.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private var text: String {
        let deed = written == true ? (locked == true ? "written, locked" : "written") : "read"
        let content = message ?? says.map(Self.plain) ?? "no text, \(records ?? 0) records"
        return "\(uid)  \(kind)  \(deed)  \(content)"
    }

    /// A tag must not speak to the terminal.
    private static func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.prefix(1024).map {
                $0.properties.generalCategory == .control ? "?" : Character($0)
            })
    }
}
