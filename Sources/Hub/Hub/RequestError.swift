/// Why a request can't even be read. `code` is stable: docs/errors.md.
enum RequestError: Error, Equatable {
    case bodyTooLarge(limitBytes: Int)
    case mediaType(String)
    /// A version of the protocol that is no longer spoken here.
    case versionTooOld(String)
    case contentEncoding(String)
    case malformed(String)
    case parameter(String, String)
    case noToken
    case noRoute

    var code: String {
        switch self {
        case .bodyTooLarge: "request-too-large"
        case .mediaType: "media-type"
        case .versionTooOld: "upgrade-needed"
        case .contentEncoding: "content-encoding"
        case .malformed: "malformed"
        case .parameter: "parameter"
        case .noToken: "token-missing"
        case .noRoute: "not-found"
        }
    }
}

extension RequestError: CustomStringConvertible {
    var description: String {
        switch self {
        case .bodyTooLarge(let limit): "the body is longer than \(limit) bytes: send less at once"
        case .mediaType(let name): "the media type '\(name)' is not spoken here"
        case .versionTooOld(let name): "'\(name)' is too old to be spoken here: update the station"
        case .contentEncoding(let name): "the encoding '\(name)' is not taken, only gzip"
        case .malformed(let why): "the body can't be read: \(why)"
        case .parameter(let name, let value): "\(name)=\(value) makes no sense"
        case .noToken: "a token is needed: Authorization: Bearer ..."
        case .noRoute: "there is nothing at this address"
        }
    }
}
