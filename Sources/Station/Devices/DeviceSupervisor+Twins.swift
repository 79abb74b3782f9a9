public import DriverKit
import LinuxIO
public import Scans

/// Devices of one model whose serial numbers do not tell them apart: their sockets must.
extension DeviceSupervisor {
    /// How to find again what was heard at a node: by its socket as well, where its serial number is
    /// that of another device too. Cheap scanners all have the same one.
    public func location(of device: DeviceDescriptor) -> ConfiguredDevice.Location {
        let place = device.stableLocation
        guard case .identity(var match) = place, match.portPath == nil,
            let own = device.identity.socket
        else { return place }
        let isShared = hotplug?.nodes.values.contains { node in
            match.accepts(node.identity) && node.identity.socket.map { $0 != own } ?? false
        }
        guard isShared == true else { return place }
        match.portPath = device.identity.portPath
        return .identity(match)
    }

    /// The designated devices that sit where `location` says.
    public func devices(at location: ConfiguredDevice.Location) -> [ConfiguredDevice] {
        attendants.values.map(\.device).filter { $0.location == location }
    }

    /// nil: there is none of this name.
    public func device(named name: DeviceName) -> ConfiguredDevice? {
        attendants[name]?.device
    }

    func twins(of attendant: Attendant) -> [DeviceName] {
        guard case .identity(let match) = attendant.device.location else { return [] }
        return order.filter { name in
            guard let other = attendants[name]?.device,
                other.driver == attendant.device.driver,
                case .identity(let otherMatch) = other.location
            else { return false }
            return match.isTwin(of: otherMatch)
        }
    }

    /// Whoever holds two of them in his hands may plug each in where the other was.
    func doubtTwins(of name: DeviceName) {
        guard let attendant = attendants[name], attendant.hasBeenRead else { return }
        for twin in twins(of: attendant) {
            guard let other = attendants[twin], other.hasBeenRead, other.status.state == .missing
            else { continue }
            attendants[name]?.mayBeSwapped = true
            attendants[twin]?.mayBeSwapped = true
        }
    }

    /// A missing device may only sit in another socket.
    func tellOfLookAlike(_ name: DeviceName) {
        guard let attendant = attendants[name], attendant.run == nil,
            lookAlike(of: attendant) != nil
        else { return }
        show(name, .missing, Reason.moved(name).reason, fix: Reason.moved(name).fix)
    }

    /// A node that nobody designated, of a device that differs from this one by its socket alone.
    private func lookAlike(of attendant: Attendant) -> DeviceNode? {
        guard case .identity(let match) = attendant.device.location, let anywhere = match.anywhere,
            let subsystem = factory.kinds[attendant.device.driver]?.subsystem
        else { return nil }
        let held = Set(leaving.values.map(\.node))
        return hotplug?.nodes.values.first { node in
            node.subsystem == subsystem && anywhere.accepts(node.identity)
                && !isDesignated(node) && !held.contains(node.path) && factory.isCandidate(node)
        }
    }

    /// Another device is looked for in this very socket.
    func isNamedBySocket(_ node: DeviceNode, by others: [Attendant]) -> Bool {
        others.contains { other in
            guard case .identity(let match) = other.device.location else { return false }
            return match.portPath != nil && match.accepts(node.identity)
        }
    }

    /// The designated devices that could be meant by `name`: itself and its twins.
    func heardInstead(of name: DeviceName?) -> Set<DeviceName> {
        guard let name, let attendant = attendants[name] else { return [] }
        return Set(twins(of: attendant) + [name])
    }
}

extension DeviceIdentity {
    /// `1-1.2`, of the device and not of one of its interfaces.
    fileprivate var socket: Substring? { portPath?.prefix { $0 != ":" } }
}
