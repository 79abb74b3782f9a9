import Glibc
import LinuxIO

/// Which nodes this machine has, kept up to date by udevd where one runs.
///
/// Belongs to one thread. Without udevd, news come from `refresh` alone.
final class HotplugMonitor {
    static let subsystems = ["input", "tty", "video4linux"]

    /// By path.
    private(set) var nodes: [String: DeviceNode] = [:]
    /// Readable when there is news. nil: this machine has nobody who tells.
    var descriptor: FileDescriptor? { monitor?.descriptor }
    private let udev: Udev
    private let monitor: UdevMonitor?

    /// Listens first and looks then, so that nothing slips through between the two.
    init() throws(LinuxError) {
        udev = try Udev()
        // Containers forbid it at times; looking now and then does as well.
        monitor = try? udev.monitor(Self.subsystems)
        refresh()
    }

    /// Whether somebody tells about devices that come.
    var isTold: Bool { monitor != nil && access("/run/udev/control", F_OK) == 0 }

    /// Takes in what udevd has said; answers with the nodes that are new.
    func receive() -> [DeviceNode] {
        var arrivals: [DeviceNode] = []
        while let change = monitor?.receive() {
            switch change {
            case .left(let path): nodes[path] = nil
            case .arrived(let device):
                guard let node = DeviceNode(device) else { continue }
                if nodes.updateValue(node, forKey: node.path) == nil { arrivals.append(node) }
            }
        }
        return arrivals
    }

    /// Looks for itself; answers with the nodes that are new.
    @discardableResult
    func refresh() -> [DeviceNode] {
        let found = udev.devices(in: Self.subsystems).compactMap { DeviceNode($0) }
        let arrivals = found.filter { nodes[$0.path] == nil }
        nodes = Dictionary(found.map { ($0.path, $0) }) { first, _ in first }
        return arrivals
    }
}
