import CurlHTTP
public import Replication
import SyncProtocol

/// Why an exchange with the hub failed. `code` is stable: docs/errors.md.
public enum SyncError: Error, Equatable, CustomStringConvertible {
    /// No answer: cable, Wi-Fi, name, port, time-out.
    case unreachable(String)
    /// What answers has another key than the hub that this station joined. Nothing was sent to it.
    case wrongKey(String)
    /// No authority vouches for the hub, and no key of it is known. Nothing was sent to it.
    case untrusted(String)
    /// What was given to enrol with is no pin of a key.
    case malformedPin(String)
    /// The hub has the request, and its answer is lost on the way, again and again.
    case answerLost
    /// The hub asks for patience.
    case busy(retryAfter: Duration?)
    /// The hub wants smaller requests.
    case tooLarge
    /// The hub speaks a newer protocol only. The queue is kept.
    case upgradeNeeded(String)
    /// The hub doesn't know, or no longer trusts, this station.
    case notTrusted(code: String, String)
    /// Another copy of this database has used the same numbers for other operations. A new life
    /// of this one makes anew what comes behind `agreed`; nil: the hub can't say yet.
    case fork(code: String, String, agreed: OperationID? = nil)
    /// The hub doesn't have the feed from where we stand.
    case feedGone
    /// The hub holds less than it said before: greet it again.
    case outOfStep(String)
    /// The hub could not carry the request out, and said so.
    case refused(code: String, String)
    /// The answer makes no sense.
    case nonsense(String)
    case keyFile(String)
    case keyDamaged(String)

    public var code: String {
        switch self {
        case .unreachable: "hub-unreachable"
        case .wrongKey: "hub-key"
        case .untrusted: "hub-untrusted"
        case .malformedPin: "hub-pin"
        case .answerLost: "answer-lost"
        case .busy: "hub-busy"
        case .tooLarge: "request-too-large"
        case .upgradeNeeded: "upgrade-needed"
        case .notTrusted(let code, _): code
        case .fork(let code, _, _): code
        case .feedGone: "feed-gone"
        case .outOfStep: "hub-out-of-step"
        case .refused(let code, _): code
        case .nonsense: "hub-nonsense"
        case .keyFile: "key-file"
        case .keyDamaged: "key-damaged"
        }
    }

    public var description: String {
        switch self {
        case .unreachable(let why): "the hub can't be reached: \(why)"
        case .wrongKey(let url):
            "what answers at \(url) has another key than the hub that this station joined"
        case .untrusted(let why):
            "nobody vouches for the hub: enrol with the link that scanhub enrol-code gives (\(why))"
        case .malformedPin(let text): "'\(text)' is no pin: it begins with sha256//"
        case .answerLost: "the connection breaks before the hub's answer comes"
        case .busy: "the hub is busy"
        case .tooLarge: "the hub asks for smaller requests"
        case .upgradeNeeded(let why): "this station's software is too old for the hub: \(why)"
        case .notTrusted(_, let why): "the hub doesn't accept this station: \(why)"
        case .fork(_, let why, _): "another copy of this station's database is in use: \(why)"
        case .feedGone: "the hub no longer has the feed from where this station stands"
        case .outOfStep(let why): "the hub holds less than it did: \(why)"
        case .refused(_, let why): "the hub refused: \(why)"
        case .nonsense(let why): "the hub's answer can't be read: \(why)"
        case .keyFile(let why): "the station's key: \(why)"
        case .keyDamaged(let path): "\(path): not a key of 32 bytes; restore it or enrol anew"
        }
    }
}

extension SyncError {
    /// Whether the hub is away, or has to be greeted again before anything else makes sense.
    ///
    /// The other faults concern one direction, and the other goes on.
    var endsSession: Bool {
        switch self {
        case .unreachable, .wrongKey, .untrusted, .answerLost, .busy, .upgradeNeeded, .notTrusted,
            .outOfStep:
            true
        case .tooLarge, .fork, .feedGone, .refused, .nonsense, .malformedPin, .keyFile,
            .keyDamaged:
            false
        }
    }

    /// Whether less at once might have gone through.
    var mayBeDueToSize: Bool {
        switch self {
        case .unreachable, .busy, .tooLarge, .refused, .nonsense: true
        case .wrongKey, .untrusted, .malformedPin, .answerLost, .upgradeNeeded, .notTrusted,
            .outOfStep, .fork, .feedGone, .keyFile, .keyDamaged:
            false
        }
    }

    /// What an answer with an error status means.
    init(_ response: HTTPResponse) {
        let problem = SyncError.problem(response)
        // An answer without a problem document comes from a proxy, and its status must do.
        let code = problem?.code ?? "http-\(response.status)"
        let detail = problem?.detail ?? "status \(response.status)"
        self =
            switch response.status {
            case 401 where code == "request-replayed": .answerLost
            case 401, 403: .notTrusted(code: code, detail)
            case 409:
                .fork(
                    code: code, detail,
                    agreed: problem.flatMap {
                        $0.hasAgreed ? OperationID($0.agreed) : nil
                    })
            case 410: .feedGone
            case 413: .tooLarge
            case 426: .upgradeNeeded(detail)
            case 429, 502, 503, 504: .busy(retryAfter: SyncError.retryAfter(response))
            default: .refused(code: code, detail)
            }
    }

    static func code(of response: HTTPResponse) -> String? { problem(response)?.code }

    private static func problem(_ response: HTTPResponse) -> WireProblem? {
        // No problem document is one of the ways to say no.
        try? MessageForm.json.decode(WireProblem.self, from: response.body)
    }

    private static func retryAfter(_ response: HTTPResponse) -> Duration? {
        response.header("Retry-After").flatMap { Int($0) }.map { .seconds(min(max($0, 0), 3600)) }
    }
}
