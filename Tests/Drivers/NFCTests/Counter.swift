import DriverKit
import EmulatedNFC
import LinuxIO
import NDEF
import ScanTesting
import Scans

@testable import NFC

/// An emulated reader on a counter, and the driver that reads it on a thread of its own.
final class Counter {
    let folder: TemporaryFolder
    let reader: EmulatedReader
    private(set) var run: ScanTesting.DriverRun

    init(
        _ options: NFCOptions = NFCOptions(), timing: EmulatedReader.Timing = .quick
    ) throws {
        folder = try TemporaryFolder()
        reader = try EmulatedReader(path: folder.path("reader"), timing: timing)
        run = try DriverRun(
            NFCDriver(options: options), node: reader.path, subsystem: .tty)
        guard eventually({ run.isListening || run.ending != nil }), run.isListening else {
            throw NotReady(ending: "\(String(describing: run.ending))")
        }
    }

    struct NotReady: Error { let ending: String }

    /// Lays a tag down until something has come of it, and takes it away.
    @discardableResult
    func tap(_ specification: String, as name: String = "tag") throws -> Bool {
        let before = outcomes
        reader.place(try TagSpecification(specification).tag, as: name)
        defer { reader.remove(name) }
        return eventually { outcomes > before }
    }

    /// Captures and refusals.
    var outcomes: Int { run.count + run.refusals.count }

    /// Waits until the driver has looked at the field often enough to have seen what is there.
    func settle(rounds: Int = 3) -> Bool {
        let looks = reader.count(of: EmulatedCommand.list)
        return eventually { reader.count(of: EmulatedCommand.list) >= looks + rounds * 2 }
    }
}

/// Codes of the chip's commands (NXP UM0701-02, section 7).
enum EmulatedCommand {
    static let firmware: UInt8 = 0x02
    static let configure: UInt8 = 0x32
    static let exchange: UInt8 = 0x40
    static let list: UInt8 = 0x4A
}

extension NFCOptions {
    static func with(_ change: (inout NFCOptions) -> Void) -> NFCOptions {
        var options = NFCOptions()
        change(&options)
        return options
    }
}
