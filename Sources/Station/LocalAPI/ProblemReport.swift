/// Why a request was not carried out. `code` is stable: docs/errors.md.
public struct ProblemReport: Codable, Sendable, Equatable {
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
