public import DriverKit
import LinuxIO
public import Logging
public import Scans
import Synchronization

/// Finds the designated devices, runs their drivers, and takes them up again when they come back.
///
/// A device that fails harms no other. All decisions are made on one thread, which also hears from
/// udev; what devices say goes from their own threads straight to `DeviceEvents`.
public actor DeviceSupervisor {
    /// How long a missing path is left alone before it is looked for again.
    static let lookInterval = Duration.seconds(1)
    /// The same where udevd would tell: in case its news was lost.
    static let rareLookInterval = Duration.seconds(30)

    let factory: DriverFactory
    let events: DeviceEvents
    let log: Logger
    let limits: RestartPolicy.Limits
    let stopLimit: Duration
    let loop: DeviceLoop
    var hotplug: HotplugMonitor?
    var attendants: [DeviceName: Attendant] = [:]
    /// In the order in which they were named.
    var order: [DeviceName] = []
    var ears = Ears() {
        didSet {
            let names = ears.listeners.values.reduce(into: Set()) { $0.formUnion($1.devices) }
            asked.withLock { $0 = names }
        }
    }
    /// Designated devices whose scans are heard, and not stored, while somebody asks which is which.
    nonisolated let asked = Mutex<Set<DeviceName>>([])
    var look: Int?
    /// Drivers of devices that were taken away or given another driver, on their way out.
    var leaving: [Int: DriverRun] = [:]
    var nextRun = 0
    var stopping: Stopping?
    /// What is to be listened for; nil: what each device's configuration says.
    var grammar: String?

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.asUnownedSerialExecutor()
    }

    /// `driverProgram`: the words that start a driver process, before the driver's name.
    /// `stopLimit`: how long `stop` waits for a driver that does not end.
    public init(
        catalogue: [DriverKind], driverProgram: [String], events: DeviceEvents, log: Logger,
        limits: RestartPolicy.Limits = RestartPolicy.Limits(),
        stopLimit: Duration = .seconds(10)
    ) throws {
        factory = DriverFactory(catalogue: catalogue, program: driverProgram)
        self.events = events
        self.log = log
        self.limits = limits
        self.stopLimit = stopLimit
        loop = try DeviceLoop()
        try loop.start()
    }

    deinit {
        loop.end()
    }

    /// Begins to look for these devices and for news of others.
    public func start(_ devices: [ConfiguredDevice]) {
        openHotplug()
        for device in devices { take(device) }
    }

    /// Reads this device from now on, in place of an earlier one of its name.
    public func designate(_ device: ConfiguredDevice) throws(DeviceError) {
        _ = try factory.kind(for: device)
        take(device)
    }

    /// Forgets this device, and closes it where it is open.
    public func remove(_ name: DeviceName) throws(DeviceError) {
        guard let attendant = attendants.removeValue(forKey: name) else {
            throw .unknownDevice(name)
        }
        order.removeAll { $0 == name }
        dismiss(attendant)
    }

    /// In the order in which the devices were named.
    public func statuses() -> [DeviceStatus] {
        order.compactMap { attendants[$0]?.status }
    }

    /// Closes a device until it is enabled, or looks for it again at once.
    public func setDisabled(_ name: DeviceName, _ isDisabled: Bool) throws(DeviceError) {
        guard attendants[name] != nil else { throw .unknownDevice(name) }
        attendants[name]?.device.isDisabled = isDisabled
        attendants[name]?.policy.reset()
        if isDisabled { disable(name, Reason.disabled) } else { attend(name) }
    }

    /// Makes a device that is read beep or light up.
    public func locate(_ name: DeviceName) throws(DeviceError) {
        guard let attendant = attendants[name] else { throw .unknownDevice(name) }
        guard let kind = factory.kinds[attendant.device.driver], kind.canSignal,
            let run = attendant.run
        else { throw .cannotLocate(name) }
        run.session.signal(
            Feedback(.ok, code: "locate", message: "Somebody looks for this device."))
    }

    /// Has every device that understands speech listen for this grammar, and those that come later;
    /// nil: for that of its configuration. Returns at once. For any thread.
    public nonisolated func listen(for grammar: String?) {
        loop.call { [weak self] in self?.assumeIsolated { $0.spread(grammar) } }
    }

    private func spread(_ grammar: String?) {
        self.grammar = grammar
        for attendant in attendants.values { tellGrammar(attendant) }
    }

    func tellGrammar(_ attendant: Attendant) {
        guard factory.kinds[attendant.device.driver]?.takesGrammar == true else { return }
        attendant.run?.session.listen(for: grammar)
    }

    /// The nodes that could be scanners and that nobody designated, and `paths`.
    public func candidates(paths: [String] = []) -> [DeviceDescriptor] {
        hotplug?.refresh()
        return candidateNodes(paths: paths).map { DeviceDescriptor(candidate: $0) }
    }

    func candidateNodes(paths: [String]) -> [DeviceNode] {
        let nodes = hotplug.map { Array($0.nodes.values) } ?? []
        let candidates = nodes.filter { !isDesignated($0) && factory.isCandidate($0) }
            .sorted { $0.path < $1.path }
        // Files that are no devices hold what nobody scanned.
        let named = paths.compactMap { DeviceNode(path: $0) }
            .map { hotplug?.nodes[$0.path] ?? $0 }
            .filter { $0.subsystem != .other && !isDesignated($0) }
        return candidates + named.filter { !candidates.contains($0) }
    }

    func isDesignated(_ node: DeviceNode) -> Bool {
        attendants.values.contains { attendant in
            attendant.run?.node == node.path
                || attendant.run == nil && !ears.holds(attendant.device.name)
                    && node.fits(attendant.device.location)
        }
    }

    private func openHotplug() {
        guard hotplug == nil else { return }
        do {
            let monitor = try HotplugMonitor()
            hotplug = monitor
            guard let descriptor = monitor.descriptor else { return }
            loop.watch(descriptor) { [weak self] in self?.assumeIsolated { $0.receiveNews() } }
        } catch {
            log.error("device: news of plugged devices can't be had: \(error)")
        }
    }

    private func take(_ device: ConfiguredDevice) {
        ears.stopAsking(for: device.name)
        if let earlier = attendants[device.name] {
            dismiss(earlier)
        } else {
            order.append(device.name)
        }
        attendants[device.name] = Attendant(device, limits: limits)
        attend(device.name)
    }

    private func dismiss(_ attendant: Attendant) {
        loop.cancel(timer: attendant.retry)
        guard let run = attendant.run else { return }
        leaving[run.id] = run
        run.session.stop()
    }
}
