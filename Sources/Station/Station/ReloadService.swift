import Console
import Devices
import DriverKit
import LinuxIO
import Logging
import Pipeline
import ServiceLifecycle
import Settings
import Synchronization
import UnixSignals

/// Reads the configuration anew when SIGHUP asks for it. One with a mistake changes nothing.
///
/// Devices that stand in it as before are not disturbed.
struct ReloadService: Service, CustomStringConvertible {
    let read: @Sendable () throws -> StationConfig
    let standing: StandingConfig
    let designated: DesignatedDevices
    let supervisor: DeviceSupervisor
    let intake: Intake
    let log: Logger
    let started: @Sendable () -> Void

    var description: String { "reload" }

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        started()
        for await _ in signals.cancelOnGracefulShutdown() { await reload() }
    }

    private func reload() async {
        SystemdNotice.reloading.send()
        defer { SystemdNotice.ready.send() }
        do {
            await take(try read())
            StationNotice.takesScans.send()
        } catch {
            let code = (error as? ConfigError)?.code.rawValue ?? "config-unreadable"
            log.error("config: \(error); what was read before stays", metadata: ["code": "\(code)"])
            SystemdNotice.status(
                "Takes scans; the new configuration was refused: \(error)"
            ).send()
        }
    }

    private func take(_ new: StationConfig) async {
        let old = standing.replace(by: new)
        designated.markAnew()
        intake.apply(IntakeSettings(new))
        await change(from: designated.merged(with: old), to: designated.merged(with: new))
        log.notice("config: read anew")
        let waiting = standing.atStart.sectionsForNextStart(new)
        guard !waiting.isEmpty else { return }
        log.warning(
            "config: what changed in \(waiting.joined(separator: ", ")) waits for the next start",
            metadata: ["code": "config-waits"])
    }

    private func change(from old: [ConfiguredDevice], to new: [ConfiguredDevice]) async {
        for device in old where !new.contains(where: { $0.name == device.name }) {
            // Somebody took it away already.
            try? await supervisor.remove(device.name)
        }
        for device in new where !old.contains(device) {
            do {
                try await supervisor.designate(device)
            } catch {
                log.error("device: \(error)", metadata: ["code": "\(error.code)"])
            }
        }
    }
}

/// The configuration as it was last read.
final class StandingConfig: Sendable {
    let atStart: StationConfig
    private let config: Mutex<StationConfig>
    private let levelChanged: @Sendable (LogLevel) -> Void

    init(_ config: StationConfig, levelChanged: @escaping @Sendable (LogLevel) -> Void) {
        atStart = config
        self.config = Mutex(config)
        self.levelChanged = levelChanged
    }

    var value: StationConfig { config.withLock { $0 } }

    /// Answers with the one before.
    func replace(by new: StationConfig) -> StationConfig {
        levelChanged(new.logLevel)
        return config.withLock { config in
            defer { config = new }
            return config
        }
    }
}

extension IntakeSettings {
    init(_ config: StationConfig) {
        self.init(
            rules: config.rules, scanRules: config.scanRules, workflow: config.workflow)
    }
}

extension StationConfig {
    /// The sections that differ and are read at a start alone.
    fileprivate func sectionsForNextStart(_ new: StationConfig) -> [String] {
        var sections: [String] = []
        if name != new.name || stateDirectory != new.stateDirectory { sections.append("[station]") }
        if feedback != new.feedback { sections.append("[feedback]") }
        if console != new.console { sections.append("[api]") }
        if sync != new.sync { sections.append("[sync]") }
        if store != new.store { sections.append("[store]") }
        return sections
    }
}
