import Barcodes
import GS1
import Replication
import Scans
import StationStorage

extension IntakeRecord {
    /// A capture before anybody asked what it means.
    init(_ capture: Capture, operator: String) {
        let payload: [UInt8] =
            switch capture.payload {
            case .code(let bytes): bytes
            case .keystrokes(let text): Array(text.utf8)
            case .spoken(let phrase): Array(phrase.description.utf8)
            case .badge(let badge): Array(badge.text.utf8)
            }
        self.init(
            at: capture.time, device: capture.device.rawValue, operator: `operator`,
            payload: payload)
        aim = PrintableText(capture.aim ?? "").description
    }

    /// A command that no device read.
    init(_ command: Command, at time: CaptureTime, operator: String) {
        let text = CommandGrammar(prefix: "").text(for: command)
        self.init(at: time, operator: `operator`, payload: Array(text.utf8))
        self.text = PrintableText(text).description
        meaning = "command"
    }

    /// What was decided about an assignment.
    init(_ order: AssignmentOrder, at time: CaptureTime, operator: String) {
        self.init(
            at: time, operator: `operator`, payload: Array(order.text.utf8), meaning: "answer")
        text = PrintableText(order.text).description
    }

    /// An answer to what an assignment asks, whatever the code means on other days.
    func answering(_ capture: Capture) -> IntakeRecord {
        var record = self
        if case .spoken(let phrase) = capture.payload {
            record.text = PrintableText(phrase.description).description
        }
        record.meaning = "answer"
        return record
    }

    /// The end of a batch that nobody asked for.
    init(quietGapAt time: CaptureTime) {
        self.init(at: time, meaning: "quiet-gap")
    }

    private init(
        at time: CaptureTime, device: String = "", operator: String = "", payload: [UInt8] = [],
        meaning: String = ""
    ) {
        self.init(
            wallMicroseconds: time.wallMicroseconds,
            monotonicMicroseconds: time.monotonicMicroseconds, device: device, payload: payload,
            text: "", aim: "", symbology: "", meaning: meaning, decision: "", signal: "",
            code: "", message: "", batch: "", operations: [], operator: `operator`)
    }

    func with(_ rejection: Rejection) -> IntakeRecord {
        var record = self
        record.text = rejection.text
        return record
    }

    /// `read`: before the catalogue was asked.
    func with(_ scan: Scan, read: Scan) -> IntakeRecord {
        var record = self
        if case .item(let item, _) = read.meaning {
            record.item = PrintableText(item.rawValue, limit: 256).description
        }
        record.text = PrintableText(scan.text).description
        record.aim = PrintableText(scan.aim).description
        record.symbology = scan.symbology?.rawValue ?? ""
        record.elements =
            scan.elements.map { element in
                PrintableText(element.bracketed, limit: IntakeRecord.elementsLimit).description
            } ?? ""
        record.meaning = scan.meaning.name
        return record
    }
}

extension Meaning {
    fileprivate var name: String {
        switch self {
        case .item: "item"
        case .place: "place"
        case .serial: "serial"
        case .command: "command"
        }
    }
}
