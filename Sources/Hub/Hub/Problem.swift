import Accounts
import Foundation
import Gzip
import HTTPTypes
import HubStorage
import Hummingbird
import LedgerStore
import MessageSignatures
import Replication
import SyncProtocol

/// Why a request was not carried out, as RFC 9457 wants it said.
struct Problem: Codable, Equatable {
    var type = "about:blank"
    /// Stable, from docs/errors.md.
    var code: String
    var title: String
    var detail: String
    var status: Int
    var retryAfterSeconds: Int?
    var agreed: Agreed?

    /// With `fork`: the last operation on which both agree. As protobuf writes numbers of 64 bits.
    struct Agreed: Codable, Equatable {
        var incarnation: String
        var sequence: String
    }

    private enum CodingKeys: String, CodingKey {
        case type, code, title, detail, status, agreed
    }
}

extension Problem {
    /// nil: no fault of the request's, but ours.
    init?(_ error: any Error) {
        switch error {
        case let error as RequestError:
            self.init(error.code, "\(error)", error.status)
        case let error as SignatureError:
            self.init(error.code, "\(error)", .unauthorized)
        case let error as HubError:
            self.init(error.code, "\(error)", error.status)
            retryAfterSeconds = error.retryAfterSeconds
            if case .fork(let id, let sequence?) = error {
                agreed = Agreed(
                    incarnation: "\(id.incarnation.rawValue)", sequence: "\(sequence)")
            }
        case let error as ConflictError:
            self.init(error.code, "\(error)", error.status)
        case let error as AccountError:
            self.init(error.code, "\(error)", error.status)
        case let error as WireError:
            self.init("malformed", "\(error)", .badRequest)
        case GzipError.tooLarge(let limit):
            self.init("request-too-large", "inflated beyond \(limit) bytes", .contentTooLarge)
        case let error as GzipError:
            self.init("malformed", "the gzip is \(error)", .badRequest)
        case let error as HTTPError:
            self.init(
                error.status == .notFound ? "not-found" : "malformed", error.body ?? "",
                error.status)
        case is CancellationError:
            self.init("hub-stopping", "the hub is stopping", .serviceUnavailable)
        default: return nil
        }
    }

    init(_ code: String, _ detail: String, _ status: HTTPResponse.Status) {
        self.code = code
        self.title = status.reasonPhrase
        self.detail = detail
        self.status = status.code
    }

    static let ofOurOwn = Problem(
        "internal", "the hub failed; its journal says why", .internalServerError)

    var response: Response {
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if let retryAfterSeconds { headers[.retryAfter] = "\(retryAfterSeconds)" }
        if status == 401 { headers[.wwwAuthenticate] = "Bearer, Signature" }
        return Response(
            status: HTTPResponse.Status(code: status, reasonPhrase: title), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONForm.encode(self))))
    }
}

extension RequestError {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .bodyTooLarge: .contentTooLarge
        case .mediaType, .contentEncoding: .unsupportedMediaType
        case .versionTooOld: .upgradeRequired
        case .malformed, .parameter: .badRequest
        case .noToken: .unauthorized
        case .noRoute: .notFound
        }
    }
}

extension AccountError {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .userName, .passwordWeak: .badRequest
        case .userExists, .tooManyUsers, .lastAdmin: .conflict
        case .userUnknown, .tokenUnknown, .sessionUnknown: .notFound
        case .loginFailed, .secondFactorWrong, .loginNeeded, .codeWrong: .unauthorized
        case .roleNeeded, .formStale, .foreignOrigin: .forbidden
        case .logBroken: .internalServerError
        }
    }
}

extension ConflictError {
    fileprivate var status: HTTPResponse.Status {
        if case .unknownConflict = self { .notFound } else { .badRequest }
    }
}

extension HubError {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .fork, .incarnationTaken, .operatorExists, .badgeTaken, .tooManyOperators: .conflict
        case .feedGone, .catalogueGone: .gone
        case .tooManyOperations, .tooManyIncarnations: .contentTooLarge
        case .brokenChain, .malformed, .publicKey, .stationName, .tenantName: .badRequest
        case .stationUnknown, .requestReplayed, .tokenUnknown: .unauthorized
        case .enrolmentCode, .stationRevoked: .forbidden
        case .tooManyRequests: .tooManyRequests
        case .notFound, .operatorUnknown: .notFound
        case .directory, .storage: .serviceUnavailable
        }
    }

    fileprivate var retryAfterSeconds: Int? {
        switch self {
        case .tooManyRequests(let seconds): seconds
        case .storage, .directory: 30
        default: nil
        }
    }
}
