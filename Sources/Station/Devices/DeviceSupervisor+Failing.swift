import DriverKit
import Logging
import Scans

/// What becomes of a device whose driver gave up.
extension DeviceSupervisor {
    /// Shows why, and decides when to try again.
    func settle(_ name: DeviceName, _ fault: DriverFault, at node: String, reading: Duration) {
        guard stopping == nil, let attendant = attendants[name] else { return }
        let state = DeviceState(fault.code)
        if attendant.device.isDisabled { return disable(name, Reason.disabled) }
        if fault.code == .panicChord || fault.code == .typedByHand {
            attendants[name]?.device.isDisabled = true
            return disable(name, (fault.message, fault.fix))
        }
        let cause =
            isStrangersWork(fault, attendant.device.driver) ? .circumstance : fault.code.cause
        let wait = attendants[name]?.policy.next(after: cause, reading: reading)
        retry(name, after: wait ?? limits.longest)
        show(
            name, state, sentence(for: fault, name, wait), fix: fault.fix,
            node: state == .missing ? nil : node)
        if state == .missing { lookLater() }
    }

    /// A driver that is kept apart because of what strangers show it may crash at each of them: no
    /// reason to put it into quarantine, and the others out of work.
    private func isStrangersWork(_ fault: DriverFault, _ driver: DriverName) -> Bool {
        fault.code == .driverExited && factory.kinds[driver]?.isSeparate == true
    }

    private func sentence(
        for fault: DriverFault, _ name: DeviceName, _ wait: Duration?
    ) -> String {
        guard let wait, attendants[name]?.policy.isQuarantined == true else {
            return fault.message
        }
        return "\(fault.message) (again and again). \(Reason.waiting(wait))"
    }

    private func retry(_ name: DeviceName, after wait: Duration) {
        attendants[name]?.retry = loop.after(wait) { [weak self] in
            self?.assumeIsolated { $0.attend(name) }
        }
    }

    /// Tells whoever listens, once for each change.
    func show(
        _ name: DeviceName, _ state: DeviceState, _ reason: String, fix: String = "",
        node: String? = nil
    ) {
        guard let before = attendants[name]?.status else { return }
        let status = DeviceStatus(
            device: name, driver: before.driver, state: state, reason: reason, fix: fix, node: node,
            confinement: attendants[name]?.run?.confinement)
        guard status != before else { return }
        attendants[name]?.status = status
        if state == .missing { doubtTwins(of: name) }
        log.notice(
            "device: \(name) is \(state): \(reason)",
            metadata: ["device": "\(name)", "state": "\(state)"])
        events.changed(status)
    }
}

extension DriverFault.Code {
    fileprivate var cause: RestartPolicy.Cause {
        switch self {
        case .unplugged: .unplugged
        case .missing, .busy, .noPermission, .panicChord, .typedByHand: .circumstance
        default: .failure
        }
    }
}
