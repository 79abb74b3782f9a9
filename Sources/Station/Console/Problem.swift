import Batches
import BundleFormat
import Devices
import DriverKit
import HTTPTypes
import Hummingbird
import LedgerStore
import LocalAPI
import Logging
import OperatorGrants
import Operators
import Pipeline
import Settings
import StationStorage
import Syncing

/// What a request is answered that was not carried out.
struct Problem: Equatable {
    var status: HTTPResponse.Status
    var report: ProblemReport
    var retryAfterSeconds: Int?

    static let ofOurOwn = Problem(
        .internalServerError, "internal", "The station failed; its journal says why.")

    private init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
        self.status = status
        report = ProblemReport(code: code, message: message)
    }

    /// nil: no fault of the request's, but ours.
    init?(_ error: any Error) {
        switch error {
        case let error as ConsoleError: self.init(error.status, error.code, "\(error)")
        case let error as IntakeError: self.init(.serviceUnavailable, error.code, "\(error)")
        case let error as StoreError: self.init(.serviceUnavailable, error.code, "\(error)")
        case let error as SyncError: self.init(error.status, error.code, "\(error)")
        case let error as ConflictError: self.init(error.status, error.code, "\(error)")
        case let error as DeadLetterError: self.init(error.status, error.code, "\(error)")
        case let error as BundleError: self.init(.badRequest, error.code, "\(error)")
        case let error as DeviceError: self.init(.notFound, error.code, "\(error)")
        case let error as ExpectedListFault:
            self.init(.badRequest, ExpectedListFault.code, "\(error)")
        case let error as LoginError: self.init(error)
        case let error as GrantError: self.init(.badRequest, error.code, "\(error)")
        case let error as OptionError: self.init(.badRequest, "bad-option", "\(error)")
        case let error as ConfigError: self.init(error.status, error.code.rawValue, "\(error)")
        case let error as HTTPError where error.status == .notFound:
            self.init(ConsoleError.noRoute)
        case let error as HTTPError:
            self.init(error.status, "malformed", error.body ?? error.status.reasonPhrase)
        default: return nil
        }
    }

    private init(_ error: LoginError) {
        self.init(error.status, error.code, "\(error)")
        if case .wait(let seconds) = error { retryAfterSeconds = seconds }
    }

    var response: Response {
        var response = Response.json(report, status: status)
        if let retryAfterSeconds { response.headers[.retryAfter] = "\(retryAfterSeconds)" }
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}

extension ConsoleError {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .noRoute, .noBatch, .unknownAssignment, .unknownList, .unknownDevice, .unknownItem,
            .noToken:
            .notFound
        case .foreignHost: .misdirectedRequest
        case .foreignOrigin, .roleNeeded, .socketOnly: .forbidden
        case .loginNeeded, .unknownToken: .unauthorized
        case .bodyTooLarge: .contentTooLarge
        case .mediaType: .unsupportedMediaType
        case .malformed, .parameter, .badCommand, .rejected, .unknownDriver, .unfitChange,
            .notTeachable:
            .badRequest
        case .notStored, .tooManyListeners: .serviceUnavailable
        case .notEnrolled, .knownCode, .tokenExists, .configuredDevice: .conflict
        }
    }
}

extension SyncError {
    /// A pin that is none is the asker's mistake; for the rest the hub, or the way to it, is to blame.
    fileprivate var status: HTTPResponse.Status {
        if case .malformedPin = self { .badRequest } else { .badGateway }
    }
}

extension LoginError {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .wrongPIN: .unauthorized
        case .wait: .tooManyRequests
        case .busy: .serviceUnavailable
        case .noOperators, .roster, .noTap: .conflict
        case .grantExpired: .forbidden
        }
    }
}

extension ConflictError {
    fileprivate var status: HTTPResponse.Status {
        if case .unknownConflict = self { .notFound } else { .badRequest }
    }
}

extension DeadLetterError {
    fileprivate var status: HTTPResponse.Status {
        if case .unknown = self { .notFound } else { .conflict }
    }
}

extension ConfigError {
    fileprivate var status: HTTPResponse.Status {
        switch code {
        case .unreadable, .unwritable: .internalServerError
        case .unknownDevice: .notFound
        default: .badRequest
        }
    }
}

extension Response {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: APIForm.encode(value))))
    }
}

/// Turns what a route throws into a problem, and logs what is our own fault.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let log: Logger

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            guard let problem = Problem(error) else {
                log.error("bug: \(request.method) \(request.uri.path): \(error)")
                return Problem.ofOurOwn.response
            }
            log.debug("refused \(request.method) \(request.uri.path): \(problem.report.code)")
            return problem.response
        }
    }
}
