import CCurl

/// Why there is no answer. An answer with an error status is an answer.
public enum HTTPError: Error, Equatable, CustomStringConvertible {
    /// The task that waited was cancelled, and the transfer with it.
    case cancelled
    /// The client was closed.
    case closed
    /// The request was never sent.
    case invalidRequest(String)
    /// No connection: name, address, port.
    case unreachable(request: String, why: String)
    /// The server has another key than the pinned one. Nothing was sent to it.
    case wrongKey(request: String)
    /// No authority that this machine trusts vouches for the server. Nothing was sent to it.
    case untrusted(request: String, why: String)
    case timedOut(request: String, why: String)
    /// The connection broke before the answer was whole. The server may have acted.
    case cutOff(request: String, why: String)
    case tooLarge(request: String, limitBytes: Int)
    /// libcurl itself failed: memory, descriptors.
    case broken(String)

    public var description: String {
        switch self {
        case .cancelled: "cancelled"
        case .closed: "the HTTP client is closed"
        case .invalidRequest(let why): "invalid request: \(why)"
        case .unreachable(let request, let why): "\(request): can't connect: \(why)"
        case .wrongKey(let request): "\(request): the server has another key than it should"
        case .untrusted(let request, let why): "\(request): not to be trusted: \(why)"
        case .timedOut(let request, let why): "\(request): timed out: \(why)"
        case .cutOff(let request, let why): "\(request): cut off: \(why)"
        case .tooLarge(let request, let limit):
            "\(request): the answer is longer than \(limit) bytes"
        case .broken(let why): "libcurl: \(why)"
        }
    }

    init(_ code: CURLcode, detail: String, request: String) {
        let why = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        switch code {
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut(request: request, why: why)
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
            CURLE_SSL_CONNECT_ERROR:
            self = .unreachable(request: request, why: why)
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH: self = .wrongKey(request: request)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            self = .untrusted(request: request, why: why)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
            self = .invalidRequest("\(request): \(why)")
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT: self = .broken(why)
        default: self = .cutOff(request: request, why: why)
        }
    }
}
