import DriverKit
import LinuxIO
import Logging
import Scans

/// From a designated device to a driver at work.
extension DeviceSupervisor {
    /// Starts the driver if the device is there and nothing speaks against it.
    func attend(_ name: DeviceName) {
        guard stopping == nil, let attendant = attendants[name], attendant.run == nil else {
            return
        }
        loop.cancel(timer: attendant.retry)
        attendants[name]?.retry = nil
        if attendant.device.isDisabled { return disable(name, Reason.disabled) }
        if ears.holds(name) { return listenToCandidates() }
        guard let node = find(attendant.device) else { return miss(name) }
        if attendant.isMissing { attendants[name]?.policy.reset() }
        attendants[name]?.isMissing = false
        // Whoever listens to it for `identify` holds it; his end calls here again.
        if ears.release(node.path) || leaving.values.contains(where: { $0.node == node.path }) {
            return
        }
        // Between two tries, the reason of the first failure stays to be seen.
        if attendants[name]?.policy.tries == 0 {
            show(name, .ready, "It is about to be opened.", node: node.path)
        }
        begin(attendant.device, at: node)
    }

    func disable(_ name: DeviceName, _ text: (reason: String, fix: String)) {
        loop.cancel(timer: attendants[name]?.retry)
        attendants[name]?.retry = nil
        attendants[name]?.run?.session.stop()
        show(name, .disabled, text.reason, fix: text.fix)
    }

    private func begin(_ device: ConfiguredDevice, at node: DeviceNode) {
        do {
            let driver = try factory.driver(for: device)
            let descriptor = DeviceDescriptor(device, at: node)
            let run = try start(driver, descriptor, delivered: delivered(by: descriptor))
            attendants[device.name]?.run = run
            if let attendant = attendants[device.name] { tellGrammar(attendant) }
        } catch {
            settle(device.name, fault(error), at: node.path, reading: .zero)
        }
    }

    private func fault(_ error: any Error) -> DriverFault {
        guard let error = error as? DeviceError else { return DriverFault(error) }
        return DriverFault(.notSuitable, "\(error)", fix: "Choose one of the drivers there are.")
    }

    /// The node of a device: the one that it names, or the likeliest of those that fit.
    private func find(_ device: ConfiguredDevice) -> DeviceNode? {
        switch device.location {
        case .path(let path):
            guard let node = DeviceNode(path: path) else { return nil }
            return hotplug?.nodes[node.path] ?? node
        case .identity(let match):
            let others = attendants.values.filter { $0.device.name != device.name }
            let taken = Set(others.compactMap { $0.run?.node })
            let subsystem = factory.kinds[device.driver]?.subsystem
            return hotplug?.nodes.values
                .filter { match.accepts($0.identity) && !taken.contains($0.path) && $0.isThere }
                .filter { subsystem == nil || $0.subsystem == subsystem }
                .filter { match.portPath != nil || !isNamedBySocket($0, by: others) }
                .min { $0.isLikelier(than: $1) }
        }
    }

    private func miss(_ name: DeviceName) {
        guard let attendant = attendants[name] else { return }
        attendants[name]?.isMissing = true
        let text = Reason.missing(attendant.device.location)
        show(name, .missing, text.reason, fix: text.fix)
        tellOfLookAlike(name)
        lookLater()
    }
}

/// Drivers on their threads.
extension DeviceSupervisor {
    func start(
        _ driver: any Driver, _ descriptor: DeviceDescriptor,
        noticed: (@Sendable (DeviceNotice) -> Void)? = nil,
        delivered: @escaping @Sendable (Delivery) -> Void
    ) throws -> DriverRun {
        let id = nextRun
        nextRun += 1
        let session = try DeviceSession(
            descriptor,
            notices: noticed ?? { [weak self] in self?.notice($0, descriptor.name, id) },
            sink: delivered)
        let thread = try DeviceThread(driver, session) { [weak self, loop] ending in
            loop.call { [weak self] in self?.assumeIsolated { $0.finish(id, ending) } }
        }
        return DriverRun(id: id, node: descriptor.node, session: session, thread: thread)
    }

    /// On the device's thread.
    private nonisolated func notice(_ notice: DeviceNotice, _ name: DeviceName, _ id: Int) {
        switch notice {
        case .listening:
            loop.call { [weak self] in self?.assumeIsolated { $0.listening(id) } }
        case .warning(let message):
            log.warning("device: \(message)", metadata: ["device": "\(name)"])
        case .refused(let feedback): events.refused(name, feedback)
        case .quarantined(let fault):
            loop.call { [weak self] in self?.assumeIsolated { $0.quarantined(id, fault) } }
        case .confined(let confinement):
            loop.call { [weak self] in self?.assumeIsolated { $0.confined(id, confinement) } }
        }
    }

    private func confined(_ id: Int, _ confinement: DeviceConfinement) {
        guard let name = name(of: id) else { return }
        attendants[name]?.run?.confinement = confinement
        guard !confinement.lacking.isEmpty else { return }
        log.warning(
            "device: the process of its driver is not wholly confined: \(confinement.lacking)",
            metadata: ["device": "\(name)", "code": "unconfined"])
    }

    private func listening(_ id: Int) {
        guard let name = name(of: id), let attendant = attendants[name] else { return }
        attendants[name]?.run?.readingSince = SystemTime.monotonic
        attendants[name]?.hasBeenRead = true
        if attendant.device.isDisabled { return }
        let text =
            attendant.mayBeSwapped
            ? Reason.maybeSwapped(name, with: twins(of: attendant)) : Reason.reading
        show(name, .reading, text.reason, fix: text.fix, node: attendant.run?.node)
    }

    /// Its driver goes on holding it.
    private func quarantined(_ id: Int, _ fault: DriverFault) {
        guard let name = name(of: id), let attendant = attendants[name] else { return }
        show(
            name, .failed(fault.code), fault.message, fix: fault.fix, node: attendant.run?.node)
    }

    private func finish(_ id: Int, _ ending: DeviceThread.Ending) {
        if let run = ears.finish(id) ?? leaving.removeValue(forKey: id) {
            run.thread.join()
            attendIdle()
            listenToCandidates()
        } else if let name = name(of: id), let run = attendants[name]?.run {
            run.thread.join()
            attendants[name]?.run = nil
            let reading = run.readingSince.map { SystemTime.monotonic - $0 } ?? .zero
            switch ending {
            case .stopped: attend(name)
            case .failed(let fault): settle(name, fault, at: run.node, reading: reading)
            }
        }
        resumeIfStopped()
    }

    /// A node has come free that somebody may wait for.
    func attendIdle() {
        for name in order where attendants[name]?.run == nil && attendants[name]?.retry == nil {
            attend(name)
        }
    }

    private func name(of id: Int) -> DeviceName? {
        order.first { attendants[$0]?.run?.id == id }
    }
}

extension DeviceNode {
    private var sendsCodes: Bool { identity.usagePage == HIDUsage.barcodeScannerPage }

    /// A scanner with several nodes types on one of them; else the first by number.
    fileprivate func isLikelier(than other: DeviceNode) -> Bool {
        if typesText != other.typesText { return typesText }
        if sendsCodes != other.sendsCodes { return sendsCodes }
        return (path.utf8.count, path) < (other.path.utf8.count, other.path)
    }
}
