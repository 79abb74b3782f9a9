import Glibc
import Synchronization

/// Gives the service manager signs of life for as long as every part of the process answers.
///
/// A part that hangs keeps them back, and the service manager ends the process
/// (sd_watchdog_enabled(3)). No timer by itself keeps a process alive that does nothing any more.
public struct LifeWatch: Sendable {
    public struct Part: Sendable {
        public var name: String
        /// Returns once the part has done something for it; throws when it could not.
        public var answer: @Sendable () async throws -> Void

        public init(_ name: String, answer: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.answer = answer
        }
    }

    /// Within this time a sign of life is wanted.
    public let limit: Duration
    /// How often the parts are asked: a lost round must not be the end.
    var interval: Duration { limit / 3 }

    public init(limit: Duration) {
        self.limit = limit
    }

    /// What the service manager asked this process for. nil: for nothing.
    public static var asked: LifeWatch? {
        LifeWatch(
            microseconds: getenv("WATCHDOG_USEC").map { String(cString: $0) },
            process: getenv("WATCHDOG_PID").map { String(cString: $0) }, ownProcess: getpid())
    }

    init?(microseconds: String?, process: String?, ownProcess: Int32) {
        guard let limit = microseconds.flatMap({ Int64($0) }), limit > 0,
            process.map({ Int32($0) == ownProcess }) ?? true
        else { return nil }
        self.init(limit: .microseconds(limit))
    }

    /// One sentence about a silent part, of `service`.
    public func warning(of part: String, of service: String) -> String {
        "\(part) gives no sign of life; without one within \(limit) of the last the service manager "
            + "starts \(service) anew"
    }

    /// Asks the parts, one after the other, until it is cancelled. `silent` is called once when one
    /// has kept the others waiting for half of the limit, with its name, and with nil when all
    /// answer again.
    public func run(_ parts: [Part], silent: @escaping @Sendable (String?) -> Void) async {
        let round = Round()
        await withTaskGroup { group in
            group.addTask { await ask(parts, round, silent) }
            group.addTask { await look(round, silent) }
        }
    }

    private func ask(
        _ parts: [Part], _ round: Round, _ silent: @Sendable (String?) -> Void
    ) async {
        while !Task.isCancelled {
            if await allAnswer(parts, round) {
                SystemdNotice.alive.send()
                if round.end() { silent(nil) }
            }
            // Cancelled: the loop's condition ends it.
            try? await Task.sleep(for: interval)
        }
    }

    private func allAnswer(_ parts: [Part], _ round: Round) async -> Bool {
        for part in parts {
            round.asks(part.name)
            do {
                try await part.answer()
            } catch {
                return false
            }
        }
        return true
    }

    private func look(_ round: Round, _ silent: @Sendable (String?) -> Void) async {
        while !Task.isCancelled {
            // Cancelled: the loop's condition ends it.
            try? await Task.sleep(for: interval)
            if !Task.isCancelled, let name = round.overdue(by: limit / 2) { silent(name) }
        }
    }
}

/// Who is being asked, and since when nobody's silence was the end of a round.
private final class Round: Sendable {
    private struct State {
        var asked = ""
        var lastEnd = SystemTime.monotonic
        var isTold = false
    }

    private let state = Mutex(State())

    func asks(_ name: String) {
        state.withLock { $0.asked = name }
    }

    /// Whether somebody was told of a silence that is over.
    func end() -> Bool {
        state.withLock { state in
            defer { (state.lastEnd, state.isTold) = (SystemTime.monotonic, false) }
            return state.isTold
        }
    }

    /// The part that is silent, once.
    func overdue(by limit: Duration) -> String? {
        state.withLock { state in
            guard !state.isTold, SystemTime.monotonic - state.lastEnd > limit else { return nil }
            state.isTold = true
            return state.asked
        }
    }
}
