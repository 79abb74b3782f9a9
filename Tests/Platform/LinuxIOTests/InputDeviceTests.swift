import CLinux
import Glibc
import ScanTesting
import Testing

@testable import LinuxIO

@Suite struct InputDeviceTests {
    private let folder: TemporaryFolder
    private let node: String

    init() throws {
        folder = try TemporaryFolder()
        node = try folder.makeFIFO("event0")
    }

    static let events: [InputEvent] = [
        .pressed(.a), .released(.a), .repeated(.rightMeta), .frameEnd, .eventsLost, .other,
        .pressed(Key(rawValue: 0)), .pressed(Key(rawValue: .max)),
    ]

    @Test(arguments: events)
    func anEventIsReadAsItWasWritten(event: InputEvent) {
        #expect(InputEvent(event.record) == event)
    }

    /// Whatever the kernel may send: only keys are keys.
    @Test(arguments: UInt64(0)..<20)
    func anyRecordIsOneEvent(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            var record = input_event()
            record.type = UInt16(random.below(32))
            record.code = UInt16(truncatingIfNeeded: random.next())
            record.value = Int32(random.below(6)) - 2
            let isKey = record.type == 1 && (0...2).contains(record.value)
            switch InputEvent(record) {
            case .pressed(let key), .released(let key), .repeated(let key):
                #expect(isKey && key.rawValue == record.code)
            case .frameEnd: #expect(record.type == 0 && record.code == 0)
            case .eventsLost: #expect(record.type == 0 && record.code == 3)
            case .other: #expect(!isKey)
            }
        }
    }

    @Test(arguments: UInt64(0)..<10)
    func recordsMayBeCutAnywhere(seed: UInt64) throws {
        let device = try InputDevice(opening: node)
        let writer = try FileDescriptor(opening: node, O_WRONLY)
        var random = SplitMix64(seed: seed)
        let sent = random.picks(500, from: Self.events)
        var rest = InputEvent.bytes(of: sent)[...]
        var read: [InputEvent] = []
        while !rest.isEmpty {
            let chunk = rest.prefix(1 + random.below(100))
            try writer.writeAll(Array(chunk))
            rest = rest.dropFirst(chunk.count)
            read += try #require(try device.pendingEvents())
        }
        #expect(read == sent)
    }

    @Test func aStreamHasAnEndAndNoName() throws {
        let device = try InputDevice(opening: node)
        var writer: FileDescriptor? = try FileDescriptor(opening: node, O_WRONLY)
        #expect(writer != nil && device.isStream && device.identity == nil)
        #expect(try device.pendingEvents() == [])
        writer = nil
        #expect(try device.pendingEvents() == nil)
        #expect(throws: LinuxError.notAnInputNode(node)) { try device.grab() }
    }

    @Test func aFileIsNoDevice() throws {
        let file = try folder.write("", to: "file")
        #expect(throws: LinuxError.notAnInputNode(file)) { try InputDevice(opening: file) }
        #expect(throws: LinuxError.notAnInputNode("/dev/null")) {
            try InputDevice(opening: "/dev/null")
        }
    }

    @Test func everyKeyHasOneNameAndOneNumber() {
        for number in UInt16(0)...200 {
            let key = Key(rawValue: number)
            guard !key.description.hasPrefix("key ") else { continue }
            #expect(Key(named: key.description) == key)
        }
        #expect(Key(named: "kpenter")?.rawValue == UInt16(KEY_KPENTER))
        #expect(Key(named: "nokey") == nil)
    }

    static let scripts: [(script: String, events: [InputEvent]?)] = [
        ("", []), ("  a ", [.pressed(.a), .frameEnd, .released(.a), .frameEnd]),
        (
            "+a =a -a",
            [.pressed(.a), .frameEnd, .repeated(.a), .frameEnd, .released(.a), .frameEnd]
        ),
        ("lost", [.eventsLost, .frameEnd]), ("A", nil), ("+", nil), ("++a", nil), ("a+", nil),
    ]

    @Test(arguments: scripts)
    func aScriptIsEvents(script: String, events: [InputEvent]?) {
        #expect((try? KeyScript(script).events) == events)
    }
}
