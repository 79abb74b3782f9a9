import DriverKit
import LinuxIO
import Scans

/// Devices that come.
extension DeviceSupervisor {
    func receiveNews() {
        takeUp(hotplug?.receive() ?? [])
    }

    /// Tries what may be behind new nodes at once, whatever it did before.
    private func takeUp(_ arrivals: [DeviceNode]) {
        guard stopping == nil, !arrivals.isEmpty else { return }
        for name in order {
            guard let attendant = attendants[name], attendant.run == nil,
                arrivals.contains(where: { $0.fits(attendant.device.location) })
            else { continue }
            attendants[name]?.policy.reset()
            attend(name)
        }
        for name in order where attendants[name]?.isMissing == true { tellOfLookAlike(name) }
        listenToCandidates()
    }

    /// Looks again in a while, for as long as something is missing that nobody would tell of.
    func lookLater() {
        guard stopping == nil, look == nil else { return }
        let missing = attendants.values.filter { $0.isMissing || $0.status.state == .missing }
        guard !missing.isEmpty else { return }
        let isTold = hotplug?.isTold == true && missing.allSatisfy { !$0.device.location.isPath }
        look = loop.after(isTold ? Self.rareLookInterval : Self.lookInterval) { [weak self] in
            self?.assumeIsolated { $0.lookAgain() }
        }
    }

    private func lookAgain() {
        look = nil
        takeUp(hotplug?.refresh() ?? [])
        for name in order where attendants[name]?.isMissing == true { attend(name) }
        lookLater()
    }
}

extension DeviceNode {
    func fits(_ location: ConfiguredDevice.Location) -> Bool {
        switch location {
        case .path(let path): DeviceNode(path: path)?.path == self.path
        case .identity(let match): match.accepts(identity)
        }
    }
}

extension ConfiguredDevice.Location {
    fileprivate var isPath: Bool {
        if case .path = self { true } else { false }
    }
}
