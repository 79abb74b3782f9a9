import Devices
import DriverKit
import Glibc
import LinuxIO
import Scans
import Testing

/// While somebody identifies scanners, what is typed on a keyboard stays between it and them.
@Suite struct KeyboardPrivacyTests {
    @Test func keysThatNoScannerHasAreNoNewsOfACandidate() async throws {
        let bench = try Bench([Muttering.kind])
        await bench.supervisor.start([])
        let terminal = try PseudoTerminal()
        let scans = await bench.supervisor.listen(for: .seconds(5), paths: [terminal.path])
        for await scan in scans {
            #expect(scan.text == "after the refusal")
            break
        }
        #expect(bench.refusals.isEmpty)
        #expect(bench.texts("0").isEmpty)
        await bench.supervisor.stop()
    }

    /// It is listened with before every other driver of terminals, for its name.
    private struct Muttering: Driver {
        static let kind = DriverKind(
            name: "a-keyboard", summary: "Refuses, warns and reads.", options: [],
            subsystem: .tty, build: { _ in Muttering() })

        let name: DriverName = "a-keyboard"

        func claim(_ device: DeviceDescriptor) -> Claim? { nil }

        func read(_ session: DeviceSession) throws {
            session.refuse(code: "unmapped-key", "The scanner typed 'f5'.")
            session.warn("typed 'f5'")
            try session.deliver(.keystrokes("after the refusal"))
            while try session.pause(.seconds(1)) {}
        }
    }
}
