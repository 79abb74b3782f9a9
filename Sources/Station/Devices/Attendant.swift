import DriverKit
import LinuxIO
import Scans

/// What the supervisor knows of one designated device.
struct Attendant {
    var device: ConfiguredDevice
    var status: DeviceStatus
    var policy: RestartPolicy
    /// The driver at work; nil between attempts.
    var run: DriverRun?
    var retry: Int?
    /// Its node was gone when last looked for: what comes is a replug.
    var isMissing = false
    /// It was read since the start.
    var hasBeenRead = false
    /// A twin was away together with it: they may sit in each other's socket.
    var mayBeSwapped = false

    init(_ device: ConfiguredDevice, limits: RestartPolicy.Limits) {
        self.device = device
        policy = RestartPolicy(limits: limits)
        status = DeviceStatus(
            device: device.name, driver: device.driver, state: .missing,
            reason: "It was not looked for yet.")
    }
}

/// One driver on its thread.
struct DriverRun {
    let id: Int
    let node: String
    let session: DeviceSession
    let thread: DeviceThread
    /// By the monotonic clock; nil: it is not open yet.
    var readingSince: Duration?
    /// What it said that it gave up; nil: it has no process of its own, or did not say.
    var confinement: DeviceConfinement?
}

/// Sentences about a device that is not read.
enum Reason {
    static func missing(_ location: ConfiguredDevice.Location) -> (reason: String, fix: String) {
        let fix = "Plug the device in; it is taken up by itself."
        return switch location {
        case .path(let path): ("There is no \(path).", fix)
        case .identity(let match): ("No device says that it is \(words(match)).", fix)
        }
    }

    /// What it is, and what a person can do to be sure of it.
    static func maybeSwapped(
        _ name: DeviceName, with twins: [DeviceName]
    ) -> (reason: String, fix: String) {
        let others = twins.map { "'\($0)'" }.joined(separator: ", ")
        return (
            "It is read, but only its socket tells it from \(others), and both were unplugged.",
            "If they were swapped: scanstationctl identify --as \(name)."
        )
    }

    static func moved(_ name: DeviceName) -> (reason: String, fix: String) {
        (
            "It is not in its socket; one like it sits in another, which nobody designated.",
            "Move it back, or say that this is it: scanstationctl identify --as \(name)."
        )
    }

    static let disabled = (
        reason: "Somebody disabled it.", fix: "Enable it when it is to be read again."
    )

    static let reading = (reason: "What it reads comes through.", fix: "")

    static func waiting(_ duration: Duration) -> String {
        "Tries again in \(duration.formatted)."
    }

    private static func words(_ match: DeviceMatch) -> String {
        [
            match.vendorID.map { "vendor \(hexadecimal($0))" },
            match.productID.map { "product \(hexadecimal($0))" },
            match.serial.map { "serial \(PrintableText($0))" },
            match.portPath.map { "port \(PrintableText($0))" },
        ].compactMap { $0 }.joined(separator: ", ")
    }

    private static func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension Duration {
    fileprivate var formatted: String {
        self < .seconds(1) ? "\(microseconds / 1000) ms" : "\(components.seconds) s"
    }
}
