import CurlHTTP
import Hub
import HubStorage

/// What went wrong with a receiver.
struct SinkFault: Error, Equatable, Sendable {
    enum Code: String, Sendable {
        case unreachable = "sink-unreachable"
        case answerLost = "sink-answer-lost"
        case untrusted = "sink-untrusted"
        case busy = "sink-busy"
        case broken = "sink-broken"
        case denied = "sink-denied"
        case wrongAddress = "sink-wrong-address"
        case refused = "sink-refused"
        case refusesAll = "sink-refuses-all"
        case gone = "sink-gone"
        case secret = "sink-secret"
        case settings = "sink-settings"
    }

    static let messageLimit = 500

    var code: Code
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = String(TerminalText.safe(message).prefix(Self.messageLimit))
    }

    init(_ error: HTTPError) {
        switch error {
        case .unreachable, .timedOut: self.init(.unreachable, "\(error)")
        case .wrongKey, .untrusted: self.init(.untrusted, "\(error)")
        case .invalidRequest: self.init(.wrongAddress, "\(error)")
        case .cutOff, .cancelled, .closed: self.init(.answerLost, "\(error)")
        case .tooLarge, .broken: self.init(.broken, "\(error)")
        }
    }

    init(_ error: SinkSetupError) {
        if case .secret = error {
            self.init(.secret, "\(error)")
        } else {
            self.init(.settings, "\(error)")
        }
    }

    /// As the database keeps it. `now`: microseconds since 1970.
    func stored(now: Int64) -> Sink.Fault {
        Sink.Fault(code: code.rawValue, message: message, time: now)
    }
}
