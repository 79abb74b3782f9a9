import AllDrivers
import Bundles
import Console
import CurlHTTP
import Devices
import DriverKit
import Feedback
import LinuxIO
import LocalAPI
import Logging
import NIOCore
import Pipeline
import Replication
import Scans
import ServiceLifecycle
import Settings
import StationStorage
import Syncing

/// The parts of one run of a station, wired to one another.
struct StationParts {
    /// How long devices may take to hand over what they have read.
    private static let deviceStopLimit = Duration.milliseconds(1500)

    private let options: StationOptions
    private let life: Life
    private let intake: Intake
    private let supervisor: DeviceSupervisor
    private let sync: SyncLoop
    private let forks: ForkWatch
    private let console: ConsoleContext
    private let devices: [ConfiguredDevice]
    private let standing: StandingConfig
    private let demoTerminal: PseudoTerminal?
    private let demoTags: DemoTags?

    init(
        _ options: StationOptions, store: StationStore, http: HTTPClient, log: Logger
    ) throws {
        self.options = options
        var random = SystemRandomNumberGenerator()
        life = Life(random: random.next())
        let news = Broadcast()
        let notices = NoticeBoard(news: news)
        let (changes, linkChanged) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let link = LinkStatus { linkChanged.yield() }
        forks = ForkWatch(link: link, changes: changes, store: store, life: life)

        let metrics = StationMetrics()
        var settings = SyncSettings(
            software: "scanstationd \(Version.text)", fingerprint: MachineFingerprint.text,
            backoffLimit: options.config.sync.backoffLimit,
            wallClock: { SystemTime.wall.microseconds })
        settings.measured = {
            metrics.asked($0.call, outcome: $0.outcome.rawValue, in: $0.duration)
        }
        let key = try StationKey(at: options.keyPath)
        let sync = SyncLoop(
            store: store, http: http, key: key, settings: settings, status: link, log: log)
        self.sync = sync
        let stored: @Sendable () -> Void = {
            news.signal()
            sync.work.signal()
        }
        try Self.makeForkedAnew(in: life, store, log)
        let signals = try SignalBoard(options.config.feedback, log: log)
        let prompter = Prompter(signals)
        let intake = try Intake(
            store: store, life: life, rules: options.config.rules,
            scanRules: options.config.scanRules, workflow: options.config.workflow,
            meter: IntakeMeter(
                committed: { metrics.committed(in: $0) },
                answered: { metrics.took(from: $0?.rawValue, result: $1) }),
            stored: stored, asked: { prompter.ask($0) }, log: log)
        self.intake = intake
        supervisor = try DeviceSupervisor(
            catalogue: DriverCatalogue.kinds, driverProgram: options.driverProgram,
            events: DeviceEvents(
                delivered: { delivery in
                    intake.accept(delivery.heard { signals.show($0.signal) })
                }, changed: { notices.changed($0) },
                refused: { device, feedback in
                    notices.refused(device, feedback)
                    signals.show(feedback.signal)
                }),
            log: log, stopLimit: Self.deviceStopLimit)
        prompter.prompt(supervisor)

        let designations = try Designations(
            reading: options.designationsPath, catalogue: DriverCatalogue.kinds)
        let marks = GrabMarks(folder: options.stateDirectory + "/" + GrabMarks.folderName)
        let standing = StandingConfig(options.config, levelChanged: options.levelChanged)
        self.standing = standing
        let keepMarks: @Sendable (Designations) -> Void = { designations in
            for failure in marks.keep(designations.merged(with: standing.value)) {
                log.warning("device: \(failure)")
            }
        }
        keepMarks(designations)
        demoTerminal = try options.demo.map { _ in try PseudoTerminal() }
        demoTags = options.demo?.tags(in: options.stateDirectory)
        devices =
            designations.merged(with: options.config)
            + (demoTerminal.map { options.demo?.devices(serial: $0.path) ?? [] } ?? [])
            + [demoTags?.device].compactMap { $0 }
        console = ConsoleContext(
            facts: StationFacts(
                name: options.config.name, version: Version.text,
                stateDirectory: options.stateDirectory,
                incarnation: life.incarnation.description,
                started: SystemTime.wall.microseconds),
            store: store, intake: intake, life: life,
            bundles: OutboxBundles(
                store: store, key: key.privateKey, clock: settings.wallClock),
            catalogue: DriverCatalogue.kinds, devices: supervisor,
            designated: DesignatedDevices(designations, changed: keepMarks), link: link,
            enrolling: Enrolling(store: store, http: http, key: key, settings: settings),
            urge: { sync.urge.signal() }, news: news, stored: stored, clock: settings.wallClock,
            notices: notices, metrics: metrics, log: log)
    }

    /// Before anything else is made in this life.
    private static func makeForkedAnew(
        in life: Life, _ store: StationStore, _ log: Logger
    ) throws {
        let count = try store.write { try $0.reissue(in: life) }
        if count > 0 { log.notice("hub: \(count) operations of a forked life were made anew") }
    }

    /// What must have begun before scans are taken.
    var partCount: Int {
        let addresses = options.loopback == nil ? 1 : 2
        return addresses + 1 + (options.reread == nil ? 0 : 1)
    }

    /// In the order of their start; they end in the reverse one.
    func services(
        threads: any EventLoopGroup, begun: @escaping @Sendable () -> Void
    ) throws -> [ServiceGroupConfiguration.ServiceConfiguration] {
        let server = ConsoleServer(
            context: console,
            options: .init(
                socketPath: options.socketPath, listener: options.listener,
                loopback: options.loopback),
            threads: threads)
        let log = console.log
        let host = options.loopback?.host ?? ""
        var services: [any Service] = try server.services { listening in
            if case .port(let port) = listening {
                log.notice("the operator's page: http://\(host):\(port)/")
            }
            begun()
        }
        services += [
            SyncService(loop: sync), IntakeService(intake: intake),
            RetentionService(
                store: console.store,
                retention: IntakeRetention(
                    days: options.config.store.keepDays,
                    records: options.config.store.keepRecords),
                clock: console.clock,
                log: console.log),
            DeviceService(supervisor: supervisor, devices: devices, started: begun),
        ]
        services += watching(threads) + reloading(begun)
        if let demo = options.demo, let demoTerminal {
            services.append(demo.player(demoTerminal))
            services += [demoTags].compactMap { $0 }
        }
        return services.map { .init(service: $0) } + [
            .init(service: forks, failureTerminationBehavior: .gracefullyShutdownGroup)
        ]
    }

    private func watching(_ threads: any EventLoopGroup) -> [any Service] {
        guard let watch = LifeWatch.asked else { return [] }
        return [
            LifeService(
                watch: watch, store: console.store, intake: intake, supervisor: supervisor,
                threads: threads, log: console.log)
        ]
    }

    private func reloading(_ begun: @escaping @Sendable () -> Void) -> [any Service] {
        guard let reread = options.reread else { return [] }
        return [
            ReloadService(
                read: reread, standing: standing, designated: console.designated,
                supervisor: supervisor, intake: intake, log: console.log, started: begun)
        ]
    }
}
