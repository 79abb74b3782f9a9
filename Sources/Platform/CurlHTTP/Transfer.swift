import CCurl
import Synchronization

/// One request on its way and what has come of its answer.
///
/// The loop's thread fills it, one task at a time waits for it.
final class Transfer: Sendable {
    enum Mode: Sendable {
        /// The body is kept until the end; longer than the limit is an error.
        case whole(limitBytes: Int)
        /// The body is taken away as it comes; at the limit the server is made to wait.
        case stream(limitBytes: Int)
    }

    enum Want: Sendable { case head, bytes, end }

    private struct State {
        var status = 0
        var headers = HTTPHeaders()
        var headLengthBytes = 0
        var isHeadWhole = false
        var body: [UInt8] = []
        var isPaused = false
        /// What we ourselves have against the answer.
        var fault: HTTPError?
        var ending: Result<Void, HTTPError>?
        var waiter: (want: Want, continuation: CheckedContinuation<Void, Never>)?
    }

    /// All headers of one answer together.
    private static let headLimitBytes = 64 << 10

    let request: HTTPRequest
    private let mode: Mode
    private let state = Mutex(State())

    init(_ request: HTTPRequest, _ mode: Mode) {
        self.request = request
        self.mode = mode
    }

    var isStream: Bool { if case .stream = mode { true } else { false } }
    var hasEnded: Bool { state.withLock { $0.ending != nil } }
    var status: Int { state.withLock { $0.status } }

    func header(_ name: String) -> String? { state.withLock { $0.headers.first(name) } }

    /// Returns when what is wanted is here, or never will be. Not affected by cancellation:
    /// that ends the transfer, and so the wait.
    func wait(for want: Want) async {
        await withCheckedContinuation { continuation in
            let isHere = state.withLock { state in
                if Self.has(want, state) { return true }
                state.waiter = (want, continuation)
                return false
            }
            if isHere { continuation.resume() }
        }
    }

    func response() throws(HTTPError) -> HTTPResponse {
        let (ending, response) = state.withLock { state in
            (
                state.ending,
                HTTPResponse(status: state.status, headers: state.headers, body: state.body)
            )
        }
        try (ending ?? .failure(.closed)).get()
        return response
    }

    func checkHead() throws(HTTPError) {
        let ending = state.withLock { $0.isHeadWhole ? .success(()) : $0.ending }
        try (ending ?? .failure(.closed)).get()
    }

    /// What has come of the body, and whether the server waits for room. nil: the end.
    func takeBytes() throws(HTTPError) -> ([UInt8]?, wasPaused: Bool) {
        let (bytes, wasPaused, ending) = state.withLock { state in
            defer { (state.body, state.isPaused) = ([], false) }
            return (state.body, state.isPaused, state.ending)
        }
        if !bytes.isEmpty { return (bytes, wasPaused) }
        try ending?.get()
        return (nil, false)
    }
}

/// What the loop's thread calls.
extension Transfer {
    /// One line of the head. Answers how many bytes were welcome, as libcurl wants it.
    func receiveHead(_ bytes: UnsafeRawBufferPointer) -> Int {
        change { state in
            guard !state.isHeadWhole else { return bytes.count }  // A trailer.
            state.headLengthBytes += bytes.count
            guard state.headLengthBytes <= Self.headLimitBytes else {
                state.fault = .tooLarge(request: request.summary, limitBytes: Self.headLimitBytes)
                return 0
            }
            Self.take(Self.line(bytes), &state)
            return bytes.count
        }
    }

    /// A piece of the body. Answers as above, or asks for a pause.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        change { state in
            switch mode {
            case .whole(let limit) where state.body.count + bytes.count > limit:
                state.fault = .tooLarge(request: request.summary, limitBytes: limit)
                return 0
            case .stream(let limit)
            where !state.body.isEmpty && state.body.count + bytes.count > limit:
                state.isPaused = true
                return ccurl_pause
            default:
                state.body.append(contentsOf: bytes)
                return bytes.count
            }
        }
    }

    func end(_ ending: Result<Void, HTTPError>) {
        change { state in
            guard state.ending == nil else { return }
            state.ending = state.fault.map { .failure($0) } ?? ending
            // To libcurl the end of the connection is an end of the head as well.
            if case .success = state.ending, !state.isHeadWhole {
                state.ending = .failure(
                    .cutOff(request: request.summary, why: "inside the head of the answer"))
            }
        }
    }

    private func change<Answer>(_ body: (inout State) -> Answer) -> Answer {
        let (answer, waiter) = state.withLock { state in
            let answer = body(&state)
            guard let waiter = state.waiter, Self.has(waiter.want, state) else {
                return (answer, CheckedContinuation<Void, Never>?.none)
            }
            state.waiter = nil
            return (answer, waiter.continuation)
        }
        waiter?.resume()
        return answer
    }

    private static func has(_ want: Want, _ state: State) -> Bool {
        if state.ending != nil { return true }
        switch want {
        case .head: return state.isHeadWhole
        case .bytes: return !state.body.isEmpty
        case .end: return false
        }
    }

    private static func take(_ line: Substring, _ state: inout State) {
        if line.hasPrefix("HTTP/") {
            let words = line.split(separator: " ", maxSplits: 2)
            state.status = words.count > 1 ? Int(words[1]) ?? 0 : 0
            state.headers = HTTPHeaders()
        } else if line.isEmpty {
            // 1xx: the real head is still to come (RFC 9110, section 15.2).
            state.isHeadWhole = state.status >= 200
        } else {
            state.headers.append(line: line)
        }
    }

    private static func line(_ bytes: UnsafeRawBufferPointer) -> Substring {
        var bytes = bytes[...]
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)[...]
    }
}
