import LinuxIO
import Synchronization

/// The thread of an emulated reader: takes what the host sends, sends what is due.
struct ReaderLoop: Sendable {
    /// How often a command that waits for a tag looks again.
    private static let searchInterval = Duration.milliseconds(10)
    private static let readLimitBytes = 4096

    let reader: @Sendable () -> EmulatedReader?
    let wakeup: Wakeup

    /// Until nobody holds the reader any more.
    func run() {
        while let plan = reader().map(plan) {
            let watched = [wakeup.descriptor] + [plan.terminal].compactMap { $0 }
            // Fails for want of kernel memory at the most; the next round looks again.
            let ready = try? Poll.wait(readable: watched, timeout: plan.patience)
            wakeup.drain()
            guard let terminal = plan.terminal, ready?.readable.last == true, watched.count > 1
            else { continue }
            take(from: terminal)
        }
    }

    private func plan(
        _ reader: EmulatedReader
    ) -> (terminal: FileDescriptor?, patience: Duration?) {
        let now = SystemTime.monotonic
        return reader.state.withLock { state in
            state.search(at: now)
            sendDue(&state, now)
            let next = state.outgoing.map(\.due).min().map { max($0 - now, .microseconds(100)) }
            let search = state.isSearching ? Self.searchInterval : nil
            return (state.terminal?.controller, [next, search].compactMap { $0 }.min())
        }
    }

    private func sendDue(_ state: inout ReaderState, _ now: Duration) {
        guard let terminal = state.terminal?.controller else { return state.outgoing = [] }
        while let first = state.outgoing.first, first.due <= now {
            // A host that does not read loses what the terminal can't hold, as on a wire.
            _ = try? terminal.write(first.bytes)
            state.outgoing.removeFirst()
        }
    }

    private func take(from terminal: FileDescriptor) {
        // A terminal that was pulled meanwhile has nothing to say.
        guard case .bytes(let bytes)? = try? terminal.read(limit: Self.readLimitBytes) else {
            return
        }
        let now = SystemTime.monotonic
        reader()?.state.withLock { $0.receive(bytes, at: now) }
    }
}
