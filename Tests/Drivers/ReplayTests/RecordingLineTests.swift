import DriverKit
import Foundation
import LinuxIO
import Replay
import ScanTesting
import Testing

@Suite struct RecordingLineTests {
    @Test(arguments: try Recording.all(in: .module, folder: "Data"))
    func whatARecordingExpectsIsWhatItsReplayDelivers(_ recording: Recording) throws {
        let file = try #require(Bundle.module.resourceURL)
            .appendingPathComponent("Data/\(recording.name).recording")
        let run = try DriverRun(ReplayDriver.kind.make([:]), node: file.path)
        #expect(eventually { run.count == recording.expected.count })
        #expect(run.texts.map { Array($0.utf8) } == recording.expected)
    }

    static let lines: [(text: String, line: RecordingLine?)] = [
        ("", nil), ("\r", nil), ("# keys 1", nil), ("bytes", .bytes([])), ("keys", .keys([])),
        ("bytes  a", .bytes([0x20, 0x61])), ("bytes \\x00\\xff\\xFF", .bytes([0, 255, 255])),
        ("bytes é", .bytes([0xC3, 0xA9])), ("wait 0ms", .wait(.zero)),
        ("wait 3600s", .wait(.seconds(3600))), ("wait 3600000ms", .wait(.seconds(3600))),
        ("keys =1", .keys([.repeated(.digit1), .frameEnd])),
        ("keys lost", .keys([.eventsLost, .frameEnd])), ("expect 1\r", .expect([0x31])),
    ]

    @Test(arguments: lines)
    func isRead(text: String, line: RecordingLine?) throws {
        #expect(try RecordingLine(text) == line)
    }

    static let faults: [(text: String, error: RecordingError)] = [
        ("key 1", .unknownWord("key")), (" keys 1", .unknownWord("")),
        ("keys 1 +", .unknownKey("+")), ("keys *1", .unknownKey("*1")),
        ("bytes a\\", .badEscape("\\")), ("bytes \\x", .badEscape("\\x")),
        ("bytes \\x-1", .badEscape("\\x-1")), ("wait 3601s", .badDuration("3601s")),
        ("wait 99999999999s", .badDuration("99999999999s")), ("wait ٣s", .badDuration("٣s")),
    ]

    @Test(arguments: faults)
    func isRefused(text: String, error: RecordingError) {
        #expect(throws: error) { try RecordingLine(text) }
    }
}
