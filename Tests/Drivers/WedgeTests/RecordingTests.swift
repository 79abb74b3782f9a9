import LinuxIO
import ScanTesting
import Testing

@testable import Wedge

@Suite struct RecordingTests {
    @Test(arguments: try Recording.all(in: .module))
    func replays(_ recording: Recording) throws {
        let options = WedgeOptions()
        var decoder = KeystrokeDecoder(options: options)
        var lines: [[UInt8]] = []
        var due = 0
        for line in recording.lines {
            switch line {
            case .keys(let events):
                for event in events { lines += Self.line(decoder.push(event)) }
            case .wait(let duration) where duration >= options.quietGap:
                lines += Self.line(decoder.quiet())
            case .wait: break
            case .expect(let bytes):
                due += 1
                #expect(lines.last == bytes && lines.count == due)
            case .bytes: Issue.record("a keyboard sends keys, not bytes")
            }
        }
        #expect(lines == recording.expected)
    }

    @Test func thereAreRecordings() throws {
        #expect(try Recording.all(in: .module).count >= 6)
    }

    private static func line(_ step: KeystrokeDecoder.Step) -> [[UInt8]] {
        if case .line(let text, _) = step { [Array(text.utf8)] } else { [] }
    }
}
