/// A server's whole answer.
public struct HTTPResponse: Sendable {
    public var status: Int
    public var body: [UInt8]
    private let headers: HTTPHeaders

    init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of this name, in whatever case.
    public func header(_ name: String) -> String? { headers.first(name) }
}

/// The headers of an answer, in the order they came.
struct HTTPHeaders: Sendable {
    private var fields: [(name: String, value: String)] = []

    func first(_ name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name == wanted }?.value
    }

    mutating func append(line: Substring) {
        guard let colon = line.firstIndex(of: ":") else { return }
        fields.append(
            (line[..<colon].lowercased(), Self.trimmed(line[line.index(after: colon)...])))
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}

extension HTTPResponse {
    /// An answer that no network brought.
    package init(status: Int, headers: [(String, String)], body: [UInt8]) {
        var fields = HTTPHeaders()
        for (name, value) in headers { fields.append(line: Substring("\(name): \(value)")) }
        self.init(status: status, headers: fields, body: body)
    }
}
