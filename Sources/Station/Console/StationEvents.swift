import LocalAPI
import Pipeline
import StationStorage

/// Intake records in order, none missing and none twice, and notices between them.
///
/// Records are read from the store, so a slow reader misses nothing and holds up nobody.
struct StationEvents: AsyncSequence, Sendable {
    static let pageLimit = 500
    /// So that a reader that went away is noticed.
    private static let quietSeconds = 15

    let store: StationStore
    let news: Broadcast
    let notices: NoticeBoard
    let after: Int64
    /// false: ends when everything stored has been told.
    let isFollowing: Bool
    /// Called with the sequence up to which the reader has taken everything.
    let told: @Sendable (Int64) -> Void

    func makeAsyncIterator() -> Iterator {
        Iterator(events: self)
    }

    struct Iterator: AsyncIteratorProtocol {
        private let events: StationEvents
        private var position: Int64
        private var notice: UInt64
        /// The first thing a reader gets, so that it knows that it is heard.
        private var hasGreeted = false
        private var signals: AsyncStream<Void>

        fileprivate init(events: StationEvents) {
            self.events = events
            position = events.after
            notice = events.notices.last
            signals = events.news.listen()
        }

        mutating func next() async throws -> String? {
            guard hasGreeted else {
                hasGreeted = true
                return ": events after \(position)\n\n"
            }
            // Whoever asks for more has taken what came before.
            events.told(position)
            if let text = try await news() { return text }
            guard events.isFollowing else { return nil }
            return try await wait() ? "" : ": quiet\n\n"
        }

        private mutating func news() async throws -> String? {
            let position = position
            let records = try await events.store.read {
                try $0.eventReports(after: position, limit: StationEvents.pageLimit)
            }
            if let last = records.last {
                self.position = last.sequence
                return records.map { record in
                    ServerSentEvent(
                        id: "\(record.sequence)", name: "intake", data: APIForm.text(record)
                    ).text
                }.joined()
            }
            let fresh = events.notices.notices(after: notice)
            guard events.isFollowing, let last = fresh.last else { return nil }
            notice = last.number
            return fresh.map(\.event.text).joined()
        }

        /// false: nothing came for a while.
        private mutating func wait() async throws -> Bool {
            let signals = signals
            let isNews = try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    for await _ in signals { return true }
                    return true
                }
                group.addTask {
                    try await Task.sleep(for: .seconds(StationEvents.quietSeconds))
                    return false
                }
                defer { group.cancelAll() }
                return try await group.next() ?? false
            }
            try Task.checkCancellation()
            // Whoever gave up waiting has closed the stream.
            if !isNews { self.signals = events.news.listen() }
            return isNews
        }
    }
}
