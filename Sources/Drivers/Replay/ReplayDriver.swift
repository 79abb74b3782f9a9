public import DriverKit
import LinuxIO

/// Plays what a device once said, or what somebody writes into a FIFO, through the real decoders.
///
/// A file that has been played to its end leaves the device listening, as a scanner does that
/// nobody uses.
public struct ReplayDriver: Driver {
    public let name: DriverName = "replay"
    private let options: ReplayOptions

    public init(options: ReplayOptions) {
        self.options = options
    }

    public func claim(_ device: DeviceDescriptor) -> Claim? {
        device.designatedDriver == name ? .certain : nil
    }

    public func read(_ session: DeviceSession) throws {
        let node = session.device.node
        var file = try ReplayFile(opening: node)
        var player = ReplayPlayer(session, options)

        while try session.waitForInput(on: file.descriptor) {
            if let bytes = try file.read() {
                guard try player.play(bytes, from: file) else { return }
                continue
            }
            guard try player.finish(file) else { return }
            if !file.isStream && !options.repeats { return try idle(session) }
            file = try ReplayFile(opening: node)
        }
    }

    private func idle(_ session: DeviceSession) throws {
        while try session.pause(.seconds(3600)) {}
    }
}
