import Confining
import DriverKit

/// What the daemon knows of a driver that lives in a program of its own: whose device it is.
struct SeparateDriver: Driver {
    let name: DriverName

    func claim(_ device: DeviceDescriptor) -> Claim? {
        device.designatedDriver == name ? .certain : nil
    }

    func read(_ session: DeviceSession) throws {
        preconditionFailure("bug: driver '\(name)' reads in its own program only")
    }
}

extension DriverKind {
    static func separate(
        _ name: DriverName, _ summary: String, options: [OptionKey],
        subsystem: DeviceDescriptor.Subsystem,
        confinement: @escaping @Sendable (DeviceDescriptor) -> Confinement
    ) -> DriverKind {
        DriverKind(
            name: name, summary: summary, options: options, subsystem: subsystem,
            isSeparate: true, confinement: confinement
        ) { _ in SeparateDriver(name: name) }
    }
}
