/// One request to a server: `http` or `https`, over TCP or a Unix socket.
public struct HTTPRequest: Sendable {
    public var method: String
    public var url: String
    public var headers: [(String, String)] = []
    public var body: [UInt8] = []
    /// An answer with a longer body is an error. Streams have no such limit.
    public var responseLimitBytes = 1 << 20
    /// The server takes its time before it answers.
    public var isLongPoll = false
    /// The socket to connect to, instead of the host in `url`.
    public var unixSocket: String?
    /// The only key that the server may prove to have, as `KeyPin` says; nothing else about its
    /// certificate matters then. nil: the system's authorities decide.
    public var pin: KeyPin?

    public init(method: String, url: String) {
        self.method = method
        self.url = url
    }

    /// What was tried, for errors.
    var summary: String {
        let place = unixSocket.map { " on \($0)" } ?? ""
        return "\(method) \(url)\(place)"
    }
}

extension HTTPRequest {
    /// Refuses what could smuggle a second header or request past us.
    func check() throws(HTTPError) {
        guard Self.isToken(method) else { throw .invalidRequest("'\(method)' is no HTTP method") }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw .invalidRequest("the address has a blank or control character")
        }
        for (name, value) in headers {
            guard Self.isToken(name) else { throw .invalidRequest("'\(name)' is no header name") }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .invalidRequest("header \(name) has a control character")
            }
        }
    }

    func hasHeader(_ name: String) -> Bool {
        headers.contains { $0.0.lowercased() == name.lowercased() }
    }

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
