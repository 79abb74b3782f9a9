import DriverKit
import Scans

/// What listens to undesignated devices while somebody identifies scanners.
struct Ears {
    struct Listener {
        var continuation: AsyncStream<HeardScan>.Continuation
        var timer: Int?
        /// Designated devices that are heard as well.
        var devices: Set<DeviceName>
    }

    /// By run.
    private(set) var runs: [Int: DriverRun] = [:]
    var listeners: [Int: Listener] = [:]
    var nextListener = 0
    /// Keys are wanted, and no text.
    var isCalibrating = false
    /// Nodes that are listened to although nothing says that they could be scanners.
    var paths: [String] = []

    mutating func add(_ run: DriverRun) {
        runs[run.id] = run
    }

    mutating func finish(_ id: Int) -> DriverRun? {
        runs.removeValue(forKey: id)
    }

    /// Designated devices whose keys are wanted, so that nobody reads them meanwhile.
    func holds(_ name: DeviceName) -> Bool {
        isCalibrating && listeners.values.contains { $0.devices.contains(name) }
    }

    /// Designated devices are read as ever; one that is held for calibration stays so.
    mutating func endAsking() {
        guard !isCalibrating else { return }
        for id in listeners.keys { listeners[id]?.devices = [] }
    }

    /// Whoever asked has his answer, though he may still listen.
    mutating func stopAsking(for name: DeviceName) {
        for id in listeners.keys { listeners[id]?.devices.remove(name) }
    }

    func isListening(to node: String) -> Bool {
        runs.values.contains { $0.node == node }
    }

    /// Lets go of a node; false: it was not held.
    func release(_ node: String) -> Bool {
        let held = runs.values.filter { $0.node == node }
        for run in held { run.session.stop() }
        return !held.isEmpty
    }

    func stopAll() {
        for run in runs.values { run.session.stop() }
    }
}
