/// Stand-in until the client is written.
public struct HTTPRequest: Sendable {
    public var method: String
    public var url: String
    public var headers: [(String, String)] = []
    public var body: [UInt8] = []
    public var responseLimitBytes = 0
    public var isLongPoll = false

    public init(method: String, url: String) {
        self.method = method
        self.url = url
    }
}

public struct HTTPResponse: Sendable {
    public var status: Int
    public var body: [UInt8]

    public func header(_ name: String) -> String? { nil }
}

public enum HTTPError: Error { case cancelled }

public struct HTTPClient: Sendable {
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse { throw HTTPError.cancelled }
}
