import DriverKit
import Logging
import Scans

/// The end.
extension DeviceSupervisor {
    /// Who waits for the last driver.
    struct Stopping {
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Closes every device. Returns when all drivers have ended and handed over what they had read.
    public func stop() async {
        if stopping == nil { beginStop() }
        guard isDriverAtWork else { return }
        await withCheckedContinuation { stopping?.waiting.append($0) }
    }

    private func beginStop() {
        stopping = Stopping()
        loop.cancel(timer: look)
        for listener in ears.listeners.values {
            loop.cancel(timer: listener.timer)
            listener.continuation.finish()
        }
        ears.listeners = [:]
        ears.stopAll()
        for attendant in attendants.values {
            loop.cancel(timer: attendant.retry)
            attendant.run?.session.stop()
        }
        _ = loop.after(stopLimit) { [weak self] in self?.assumeIsolated { $0.giveUp() } }
    }

    private var isDriverAtWork: Bool {
        !ears.runs.isEmpty || !leaving.isEmpty || attendants.values.contains { $0.run != nil }
    }

    func resumeIfStopped() {
        if !isDriverAtWork { resume() }
    }

    /// A driver that does not end must not keep the station from ending.
    private func giveUp() {
        guard isDriverAtWork else { return }
        let names = order.filter { attendants[$0]?.run != nil }.map(\.rawValue)
        log.error("device: did not end in time: \(names.joined(separator: ", "))")
        resume()
    }

    private func resume() {
        let waiting = stopping?.waiting ?? []
        stopping?.waiting = []
        for continuation in waiting { continuation.resume() }
    }
}
