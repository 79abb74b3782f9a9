public import Confining
import Glibc

/// How far a driver's process is kept from what it does not need.
public struct DeviceConfinement: Sendable, Equatable {
    /// `landlock 7, seccomp`
    public var granted: String
    /// What the kernel lacks, with the reasons; empty when nothing.
    public var lacking: String

    public init(granted: String, lacking: String) {
        self.granted = granted
        self.lacking = lacking
    }

    init(_ report: ConfinementReport) {
        self.init(
            granted: report.granted.joined(separator: ", "),
            lacking: report.lacking.joined(separator: "; "))
    }
}

extension Confinement.Place {
    /// The device itself. Files are read; what has somebody at its other end is answered too.
    public static func node(_ path: String) -> Confinement.Place {
        var status = stat()
        let kind = stat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
        let isAnswered = kind == S_IFCHR || kind == S_IFIFO
        return Confinement.Place(path, isAnswered ? [.read, .write, .device] : .read)
    }

    /// A path that an option names; nothing where it is empty.
    public static func option(
        _ name: String, of device: DeviceDescriptor, _ access: Confinement.Access = .read
    ) -> [Confinement.Place] {
        guard case .text(let path)? = device.options[name], !path.isEmpty else { return [] }
        return [Confinement.Place(path, access)]
    }
}

extension Confinement {
    /// What most drivers need: their device.
    public static func toNode(of device: DeviceDescriptor) -> Confinement {
        Confinement(places: libraries + [.node(device.node)])
    }
}
