import Glibc
import LinuxIO
public import Pictures

/// Reads the codes of single pictures, taking the time that it needs.
///
/// A picture is looked at as it is, then larger, sharper, smaller, and cut out and turned upright
/// where bars are; what the looks say goes to a `Jury`. Belongs to one thread.
public final class StillReader {
    /// Which engines are asked.
    public enum Choice: String, Sendable, CaseIterable {
        case zbar, zxing, both

        var engines: Set<Engine> {
            switch self {
            case .zbar: [.zbar]
            case .zxing: [.zxing]
            case .both: [.zbar, .zxing]
            }
        }
    }

    private let engines: Set<Engine>
    private let zbar = ZBarScanner()
    private let zxing: ZXingClient

    /// `zxingProgram` runs `ZXingServer.run`.
    public init(_ choice: Choice = .both, zxingProgram: [String]) {
        engines = choice.engines
        zxing = ZXingClient(program: engines.contains(.zxing) ? zxingProgram : [])
    }

    public func codes(in picture: GreyPicture) -> [CodeReading] {
        var session = StillSession(
            picture: picture, engines: engines, zbar: zbar, zxing: zxing)
        return session.run()
    }
}
