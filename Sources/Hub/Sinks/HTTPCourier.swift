import CurlHTTP
import FoundationEssentials

/// Posts to a receiver and understands its answers.
struct HTTPCourier: Sendable {
    /// So that an answer doesn't have to be waited for longer than it may take.
    static let bodyLimitBytes = 1 << 20
    private static let pauseLimit = Duration.seconds(3600)
    private static let excerptLimit = 200

    enum Answer: Sendable {
        case taken(HTTPResponse)
        case trouble(Delivery.Trouble)
    }

    let client: HTTPClient
    let url: String
    let pin: KeyPin?
    /// Microseconds since 1970.
    let clock: @Sendable () -> Int64

    /// Throws only when its task is cancelled.
    func post(_ body: [UInt8], _ headers: [(String, String)]) async throws -> Answer {
        var request = HTTPRequest(method: "POST", url: url)
        request.headers = headers
        request.body = body
        return try await send(request)
    }

    func send(_ request: HTTPRequest) async throws -> Answer {
        var request = request
        request.pin = pin
        request.headers.append(("User-Agent", "scanhub"))
        do {
            let response = try await client.send(request)
            return trouble(in: response).map(Answer.trouble) ?? .taken(response)
        } catch HTTPError.cancelled, HTTPError.closed {
            throw CancellationError()
        } catch {
            return .trouble(.later(SinkFault(error)))
        }
    }

    /// nil: it was taken.
    ///
    /// What speaks of who we are or where we knock is no fault of an operation's: it is tried again,
    /// and nothing is set aside for it.
    func trouble(in response: HTTPResponse) -> Delivery.Trouble? {
        let said = SinkFault.init(_:_:)
        let text = "\(url) answered \(response.status)\(excerpt(response))"
        switch response.status {
        case 200..<300: return nil
        case 410: return .gone(said(.gone, text))
        case 408, 425, 429, 503: return .later(said(.busy, text), after: pause(response))
        case 401, 403, 407: return .later(said(.denied, text), after: pause(response))
        case 300..<400, 404, 405: return .later(said(.wrongAddress, text), after: pause(response))
        case 400..<500: return .refused(said(.refused, text))
        default: return .later(said(.broken, text), after: pause(response))
        }
    }

    /// RFC 9110, section 10.2.3: seconds, or a date.
    private func pause(_ response: HTTPResponse) -> Duration? {
        guard let text = response.header("Retry-After") else { return nil }
        if let seconds = Int64(text) {
            return min(max(.zero, .seconds(min(seconds, 1 << 32))), Self.pauseLimit)
        }
        guard let date = HTTPDate.microseconds(text) else { return nil }
        return min(max(.zero, .microseconds(date - clock())), Self.pauseLimit)
    }

    /// What the receiver says of it, for whoever looks.
    private func excerpt(_ response: HTTPResponse) -> String {
        if let place = response.header("Location") { return ", with \(place)" }
        let text = String(decoding: response.body.prefix(4 * Self.excerptLimit), as: UTF8.self)
            .prefix(Self.excerptLimit)
        return text.isEmpty ? "" : ": \(text)"
    }
}

extension [SinkRecord] {
    /// So many of the first as fit into a body; one at least.
    func fitting(limitBytes: Int) -> [SinkRecord] {
        var bytes = 0
        let count = prefix { record in
            bytes += record.payload.count + 1
            return bytes <= limitBytes
        }.count
        return Array(prefix(Swift.max(1, count)))
    }
}
