import DriverKit
import LinuxIO
import Logging
public import Scans
import Synchronization

/// "Scan anything now": which of the undesignated devices is it?
extension DeviceSupervisor {
    /// How many heard scans wait for a slow reader; later ones are dropped.
    static let heardLimit = 256
    /// In characters, of the keys of one scan.
    static let keysLimit = 8192

    /// Listens to every candidate, and to `paths`, without grabbing anything. Ends after `duration`,
    /// or when the stream is let go.
    ///
    /// `calibrating`: hears keyboards alone, and says their keys in the words of `KeyScript`. Who
    /// listens while others do hears what they hear; who wants keys where they wanted texts, or the
    /// other way round, takes their place. `name`: hears this device as well, or one of its
    /// twins, once; that scan is not stored.
    public func listen(
        for duration: Duration, paths: [String] = [], calibrating: Bool = false,
        as name: DeviceName? = nil
    ) -> AsyncStream<HeardScan> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: HeardScan.self, bufferingPolicy: .bufferingOldest(Self.heardLimit))
        if ears.isCalibrating != calibrating {
            for id in ears.listeners.keys { endListening(id) }
            ears.isCalibrating = calibrating
        }
        let id = ears.nextListener
        ears.nextListener += 1
        let end: @Sendable () -> Void = { [weak self, loop] in
            loop.call { [weak self] in self?.assumeIsolated { $0.endListening(id) } }
        }
        continuation.onTermination = { _ in end() }
        let timer = loop.after(duration, end)
        ears.listeners[id] = Ears.Listener(
            continuation: continuation, timer: timer,
            devices: ears.isCalibrating ? Set([name].compactMap(\.self)) : heardInstead(of: name))
        ears.paths += paths
        hotplug?.refresh()
        if let name, ears.holds(name) { holdForCalibration(name) }
        listenToCandidates()
        return stream
    }

    /// Its driver makes room for the one that hears keys.
    private func holdForCalibration(_ name: DeviceName) {
        if case .path(let path)? = attendants[name]?.device.location { ears.paths.append(path) }
        attendants[name]?.run?.session.stop()
        show(name, .ready, "Somebody finds out how it types.", node: attendants[name]?.run?.node)
    }

    /// Opens what is not listened to yet; also for devices that come while somebody listens.
    func listenToCandidates() {
        guard stopping == nil, !ears.listeners.isEmpty else { return }
        for node in candidateNodes(paths: ears.paths) where !ears.isListening(to: node.path) {
            listen(to: node)
        }
    }

    private func listen(to node: DeviceNode) {
        // A file can have one reader; the first driver that knows its kind is as good as another.
        guard
            let (kind, driver) = factory.listeners(
                for: node, calibrating: ears.isCalibrating
            ).first
        else { return }
        let descriptor = DeviceDescriptor(candidate: node)
        do {
            // What it can't read is nobody's scan: at a keyboard that nobody chose, people type
            // keys that no scanner has, and which ones is not ours to tell.
            let limit = ears.isCalibrating ? Self.keysLimit : PrintableText.defaultLimit
            let run = try start(driver, descriptor, noticed: { _ in }) { [weak self] delivery in
                self?.hear(delivery, descriptor, kind.name, limit)
            }
            ears.add(run)
        } catch {
            log.warning("device: \(node.path) can't be listened to: \(error)")
        }
    }

    /// Where the captures of a designated device go: to be stored, or to whoever asks which it is.
    func delivered(by device: DeviceDescriptor) -> @Sendable (Delivery) -> Void {
        { [weak self, events] delivery in
            guard let self, asked.withLock({ $0.contains(device.name) }) else {
                return events.delivered(delivery)
            }
            hear(
                delivery, device, device.designatedDriver ?? "", PrintableText.defaultLimit,
                isDesignated: true)
        }
    }

    /// On the device's thread.
    private nonisolated func hear(
        _ delivery: Delivery, _ device: DeviceDescriptor, _ driver: DriverName, _ limit: Int,
        isDesignated: Bool = false
    ) {
        let scan = HeardScan(
            device: device, driver: driver, text: delivery.capture.payload.printable(limit),
            ending: delivery.trace?.ending, span: delivery.trace?.span, isDesignated: isDesignated)
        // One answer is enough: what comes next is stored again, though nobody may have noticed yet
        // that whoever asked has gone.
        asked.withLock { $0 = [] }
        loop.call { [weak self] in
            self?.assumeIsolated { supervisor in
                supervisor.ears.endAsking()
                for listener in supervisor.ears.listeners.values {
                    listener.continuation.yield(scan)
                }
            }
        }
        delivery.answer(
            Feedback(.done, code: "identify", message: "Heard while identifying; not stored."))
    }

    private func endListening(_ id: Int) {
        guard let listener = ears.listeners.removeValue(forKey: id) else { return }
        loop.cancel(timer: listener.timer)
        listener.continuation.finish()
        guard ears.listeners.isEmpty else { return }
        ears.paths = []
        ears.stopAll()
        attendIdle()
    }
}

extension Payload {
    fileprivate func printable(_ limit: Int) -> String {
        switch self {
        case .code(let bytes):
            String(validating: bytes, as: UTF8.self).map {
                PrintableText($0, limit: limit).description
            }
                ?? PrintableText(bytes: bytes, limit: limit).description
        case .keystrokes(let text): PrintableText(text, limit: limit).description
        case .spoken(let phrase): PrintableText(phrase.description, limit: limit).description
        case .badge(let badge): PrintableText(badge.text, limit: limit).description
        }
    }
}
