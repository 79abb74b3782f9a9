import CUdev
import Glibc

/// The devices of this machine: those that are there, and news of coming and going.
///
/// Not to be shared: libudev wants one thread a context.
public final class Udev {
    public enum Change: Sendable, Equatable {
        case arrived(UdevDevice)
        case left(node: String)
    }

    private let context: OpaquePointer

    public init() throws(LinuxError) {
        guard let context = udev_new() else { throw .last("open", on: "libudev") }
        self.context = context
    }

    deinit {
        udev_unref(context)
    }

    /// Everything with a node in these subsystems. Works without udevd: it reads /sys.
    public func devices(in subsystems: [String]) -> [UdevDevice] {
        guard let enumeration = udev_enumerate_new(context) else { return [] }
        defer { udev_enumerate_unref(enumeration) }
        for subsystem in subsystems {
            udev_enumerate_add_match_subsystem(enumeration, subsystem)
        }
        udev_enumerate_scan_devices(enumeration)
        var devices: [UdevDevice] = []
        var entry = udev_enumerate_get_list_entry(enumeration)
        while let current = entry {
            if let path = udev_list_entry_get_name(current),
                let device = udev_device_new_from_syspath(context, path)
            {
                if let described = UdevDevice(device) { devices.append(described) }
                udev_device_unref(device)
            }
            entry = udev_list_entry_get_next(current)
        }
        return devices
    }

    /// Listens to udevd from now on. Where none runs, it never says anything.
    public func monitor(_ subsystems: [String]) throws(LinuxError) -> UdevMonitor {
        try UdevMonitor(context: context, subsystems: subsystems)
    }
}

/// News from udevd: sent after its rules have run, so that owners and permissions are right.
public final class UdevMonitor {
    /// Readable when there is news.
    public let descriptor: FileDescriptor
    private let monitor: OpaquePointer

    init(context: OpaquePointer, subsystems: [String]) throws(LinuxError) {
        guard let monitor = udev_monitor_new_from_netlink(context, "udev") else {
            throw .last("listen to", on: "udev")
        }
        self.monitor = monitor
        for subsystem in subsystems {
            udev_monitor_filter_add_match_subsystem_devtype(monitor, subsystem, nil)
        }
        guard udev_monitor_enable_receiving(monitor) >= 0 else {
            udev_monitor_unref(monitor)
            throw .last("listen to", on: "udev")
        }
        // libudev closes its own descriptor, so a copy is what we own.
        let copy = fcntl(udev_monitor_get_fd(monitor), F_DUPFD_CLOEXEC, 0)
        descriptor = FileDescriptor(owning: copy, path: "udev")
    }

    deinit {
        udev_monitor_unref(monitor)
    }

    /// The next piece of news; nil when there is none, or none that matters.
    public func receive() -> Udev.Change? {
        guard let device = udev_monitor_receive_device(monitor) else { return nil }
        defer { udev_device_unref(device) }
        let action = String(udev: udev_device_get_action(device))
        guard let node = String(udev: udev_device_get_devnode(device)) else { return nil }
        if action == "remove" { return .left(node: node) }
        return UdevDevice(device).map { .arrived($0) }
    }
}
