import LinuxIO
import Scans

/// A thread that runs one driver on one device, from opening to closing.
public struct DeviceThread: Sendable {
    public enum Ending: Sendable, Equatable {
        /// As asked.
        case stopped
        case failed(DriverFault)
    }

    private let thread: KernelThread

    /// Starts at once. `ended` is called last, on that thread.
    public init(
        _ driver: any Driver, _ session: DeviceSession,
        ended: @escaping @Sendable (Ending) -> Void
    ) throws {
        thread = try KernelThread(name: session.device.name.rawValue) {
            ended(Self.read(driver, session))
        }
    }

    /// Blocks until the thread has ended.
    public func join() {
        thread.join()
    }

    private static func read(_ driver: any Driver, _ session: DeviceSession) -> Ending {
        do {
            try driver.read(session)
        } catch {
            return .failed(DriverFault(error))
        }
        if session.isStopped { return .stopped }
        return .failed(
            DriverFault(
                .bug, "driver '\(driver.name)' ended without being asked to",
                fix: "Please report this with the log around it."))
    }
}
