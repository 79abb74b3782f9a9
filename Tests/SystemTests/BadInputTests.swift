import LinuxIO
import Testing

/// What a broken or hostile device sends gets one clear answer, and harms nothing after it.
@Suite struct BadInputTests {
    static let hostile: [(name: String, bytes: [UInt8], code: String)] = [
        ("a line of 1 MB", [UInt8](repeating: UInt8(ascii: "9"), count: 1 << 20), "line-too-long"),
        ("a NUL byte", Array("AB\0CD".utf8), "control-character"),
        ("bytes that are no text", [0x41, 0xC3, 0x28, 0xFF], "not-text"),
        ("an ANSI escape", Array("\u{1B}[2J\u{1B}[31mRED".utf8), "control-character"),
        ("a wrong check digit", Array("]E04006381333932".utf8), "check-digit"),
        ("an unknown command", Array("%SS:FORMAT".utf8), "bad-command"),
    ]

    @Test(.timeLimit(.minutes(2)))
    func isRefusedAndTheNextCodeIsTaken() throws {
        let rig = try Rig()
        let scanner = try PlayedScanner(link: "\(rig.folder)/scanner")
        try rig.startStation(scanner.configuration("gun"))

        for (index, bad) in Self.hostile.enumerated() {
            let writer = try KernelThreadWriter(scanner, bad.bytes + [0x0D], named: bad.name)
            try writer.join()
            try scanner.send({ "GOOD-\(index)" }, until: SystemTime.monotonic + .seconds(5))
            try scanner.waitForAnswers(within: .seconds(20))
        }

        #expect(scanner.refused == Self.hostile.map(\.name))
        #expect(scanner.accepted == Self.hostile.indices.map { "GOOD-\($0)" })
        let events = try rig.successfully(["tail", "--since", "0", "--no-follow", "--json"])
        #expect(!events.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        let codes = try events.lines.compactMap { try json($0)["code"] as? String }
        for bad in Self.hostile where bad.code != "line-too-long" {
            #expect(codes.contains(bad.code), "\(bad.name)")
        }
        #expect(!rig.stationLog.contains("\u{1B}"))
    }
}

/// Writes more than a terminal holds, while the station reads.
private final class KernelThreadWriter {
    private let thread: KernelThread

    init(_ scanner: PlayedScanner, _ bytes: [UInt8], named name: String) throws {
        let controller = try scanner.expectAnswer(to: name)
        thread = try KernelThread(name: "writer") {
            do {
                try controller.writeAll(bytes)
            } catch {
                Issue.record(error)
            }
        }
    }

    func join() throws {
        thread.join()
    }
}
