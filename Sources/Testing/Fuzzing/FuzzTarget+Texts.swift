import AllDrivers
import GS1
import NDEF
import Replication
import ScanRules
import Settings
import Sheets
import SyncProtocol

/// What a code, a tag, a file or another machine can say.
extension FuzzTarget {
    static let elementStrings = FuzzTarget("gs1") { source in
        guard let elements = try? Reading(source.text).elementString else { return }
        let bracketed = elements.bracketed
        try require(
            (try? ElementString(bracketed: bracketed)) == elements,
            "\(bracketed) is read otherwise than it was written")
        _ = try? DigitalLink(elements)
    }

    static let ndef = FuzzTarget("ndef") { source in
        guard let message = try? NDEFMessage(decoding: Array(source.rest)) else { return }
        let again = try? NDEFMessage(decoding: message.encoded)
        try require(again?.records == message.records, "it is read otherwise than it was written")
        _ = message.saying
    }

    static let wireFrames = FuzzTarget("wire") { source in
        let bytes = Array(source.rest)
        if let run = try? MessageForm.protobuf.decode(WireRun.self, from: bytes) {
            _ = try? Run(run, station: StationCode("S1"))
        }
        if let page = try? MessageForm.protobuf.decode(WireFeedPage.self, from: bytes) {
            for run in page.runs { _ = try? FeedRun(run) }
        }
    }

    static let configuration = FuzzTarget("config") { source in
        // A refusal names the line.
        _ = try? ConfigFile(catalogue: DriverCatalogue.kinds).parse(source.text, file: "fuzz")
    }

    /// A pattern, then a text.
    static let patterns = FuzzTarget("pattern") { source in
        var source = source
        let pattern = String(decoding: source.piece(), as: UTF8.self)
        let text = Array(source.text.unicodeScalars)
        guard let match = (try? Pattern(pattern))?.firstMatch(in: text) else { return }
        for case let range? in match.ranges {
            try require(range.upperBound <= text.count, "\(range) of \(text.count)")
        }
    }

    static let csv = FuzzTarget("csv") { source in
        do {
            try Sheet.read(Array(source.rest)) { row, cells in
                try require(row > 0 && cells.count <= Sheet.columnLimit, "row \(row)")
            }
        } catch is SheetError {
            // A refusal.
        }
    }
}
