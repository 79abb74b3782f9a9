import AllDrivers
import Devices
import DriverKit
import Foundation
import Glibc
import LinuxIO
import Logging
import Scans
import Synchronization

/// A supervisor under test and everything it said, in order.
final class Bench: Sendable {
    struct Heard: Sendable {
        var texts: [String: [String]] = [:]
        var states: [String: [String]] = [:]
        var statuses: [DeviceStatus] = []
        var refusals: [String] = []
    }

    let supervisor: DeviceSupervisor
    let folder: String
    private let heard: Mutex<Heard>

    init(
        _ extra: [DriverKind] = [], program: [String] = [], limits: RestartPolicy.Limits = .quick,
        stopLimit: Duration = .seconds(10)
    ) throws {
        folder = NSTemporaryDirectory() + "devices-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let record = Record()
        heard = Mutex(Heard())
        var log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        log.logLevel = .critical
        supervisor = try DeviceSupervisor(
            catalogue: DriverCatalogue.kinds + extra, driverProgram: program,
            events: record.events, log: log, limits: limits, stopLimit: stopLimit)
        record.bench.withLock { $0 = Weak(self) }
    }

    deinit {
        // What stays behind in the temporary folder harms nobody.
        try? FileManager.default.removeItem(atPath: folder)
    }

    func texts(_ name: String) -> [String] { heard.withLock { $0.texts[name] ?? [] } }

    var refusals: [String] { heard.withLock { $0.refusals } }

    func states(_ name: String) -> [String] { heard.withLock { $0.states[name] ?? [] } }

    func status(_ name: DeviceName) async -> DeviceStatus? {
        await supervisor.statuses().first { $0.device == name }
    }

    fileprivate func take(_ delivery: Delivery) {
        let name = delivery.capture.device.rawValue
        heard.withLock { $0.texts[name, default: []].append(delivery.capture.payload.text) }
        delivery.answer(Feedback(.ok, message: "Stored."))
    }

    fileprivate func take(_ refusal: Feedback) {
        heard.withLock { $0.refusals.append(refusal.code ?? refusal.message) }
    }

    fileprivate func take(_ status: DeviceStatus) {
        heard.withLock { heard in
            heard.states[status.device.rawValue, default: []].append("\(status.state)")
            heard.statuses.append(status)
        }
    }
}

/// Ties the supervisor's news to a bench that is not there yet when they are wired.
private final class Record: Sendable {
    let bench = Mutex(Weak(nil))

    var events: DeviceEvents {
        DeviceEvents(
            delivered: { delivery in self.bench.withLock { $0.bench }?.take(delivery) },
            changed: { status in self.bench.withLock { $0.bench }?.take(status) },
            refused: { _, feedback in self.bench.withLock { $0.bench }?.take(feedback) })
    }
}

private struct Weak: Sendable {
    weak let bench: Bench?

    init(_ bench: Bench?) {
        self.bench = bench
    }
}

extension Payload {
    var text: String {
        switch self {
        case .code(let bytes): String(decoding: bytes, as: UTF8.self)
        case .keystrokes(let text): text
        case .spoken(let phrase): phrase.description
        case .badge(let badge): badge.text
        }
    }
}

extension RestartPolicy.Limits {
    /// Short enough for tests, with the same proportions.
    static let quick = RestartPolicy.Limits(
        first: .milliseconds(20), longest: .milliseconds(80), quarantine: .seconds(60),
        failureLimit: 3)
}

/// A scanner that is a pseudo-terminal behind a link, as udev makes links to serial ports.
final class PluggedScanner {
    let link: String
    private var terminal: PseudoTerminal?

    init(link: String) {
        self.link = link
    }

    func plug() throws {
        let terminal = try PseudoTerminal()
        unlink(link)
        guard symlink(terminal.path, link) == 0 else {
            throw LinuxError.failed("link", on: link, number: errno)
        }
        self.terminal = terminal
    }

    func unplug() {
        unlink(link)
        terminal = nil
    }

    func scan(_ code: String) throws {
        try terminal?.controller.writeAll(Array("\(code)\r".utf8))
    }
}

func serial(
    _ name: DeviceName, at path: String, placement: ConfiguredDevice.Placement = .thread
) -> ConfiguredDevice {
    ConfiguredDevice(name: name, driver: "serial", location: .path(path), placement: placement)
}
