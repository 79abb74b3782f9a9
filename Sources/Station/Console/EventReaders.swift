import Synchronization

/// Who reads the event stream and how far each has come; no more than may; and who left lately.
final class EventReaders: Sendable {
    static let limit = 256
    /// How many of those that left are remembered.
    static let goneLimit = 32

    struct Reader: Sendable, Equatable {
        var name: String
        /// `socket`, `loopback` or `network`.
        var door: String
        /// Microseconds since 1970.
        var sinceMicroseconds: Int64
        /// All up to here was handed over.
        var position: Int64
        var leftMicroseconds: Int64?
        /// Why it was let go; nil: it left by itself, or reads.
        var fault: String?
    }

    private struct State {
        var next = 0
        var readers: [Int: Reader] = [:]
        /// The latest at the end.
        var gone: [Reader] = []
    }

    private let state = Mutex(State())

    var current: Int { state.withLock { $0.readers.count } }

    /// Those that read, in the order in which they came; then those that left, the latest first.
    var all: [Reader] {
        state.withLock { state in
            state.readers.sorted { $0.key < $1.key }.map(\.value) + state.gone.reversed()
        }
    }

    /// nil: there are too many already.
    func enter(_ reader: Reader) -> Int? {
        state.withLock { state in
            guard state.readers.count < Self.limit else { return nil }
            defer { state.next += 1 }
            state.readers[state.next] = reader
            return state.next
        }
    }

    func advance(_ id: Int, to position: Int64) {
        state.withLock { $0.readers[id]?.position = position }
    }

    func blame(_ id: Int, _ fault: String) {
        state.withLock { $0.readers[id]?.fault = fault }
    }

    func leave(_ id: Int, at wallMicroseconds: Int64) {
        state.withLock { state in
            guard var reader = state.readers.removeValue(forKey: id) else { return }
            reader.leftMicroseconds = wallMicroseconds
            state.gone.append(reader)
            if state.gone.count > Self.goneLimit { state.gone.removeFirst() }
        }
    }
}
