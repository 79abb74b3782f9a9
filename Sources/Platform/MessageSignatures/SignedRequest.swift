/// The parts of a request that a signature can cover.
public struct SignedRequest: Sendable {
    public var method: String
    /// With its query, as in the request line.
    public var path: String
    public var body: [UInt8]
    /// The value of a header by its name in small letters; several of one name joined by ", ".
    public var header: @Sendable (String) -> String?

    public init(
        method: String, path: String, body: [UInt8],
        header: @escaping @Sendable (String) -> String?
    ) {
        self.method = method
        self.path = path
        self.body = body
        self.header = header
    }
}

extension SignedRequest {
    /// The text that is signed: RFC 9421 section 2.5.
    func base(_ input: SignatureInput) throws(SignatureError) -> String {
        var lines = ""
        var seen: Set<String> = []
        for component in input.components {
            guard seen.insert(component).inserted else {
                throw .malformed(header: "Signature-Input", "\(component) stands there twice")
            }
            lines += "\"\(component)\": \(try value(of: component))\n"
        }
        return lines + "\"@signature-params\": " + input.text
    }

    private func value(of component: String) throws(SignatureError) -> String {
        switch component {
        case "@method": return method
        case "@path": return String(path.prefix { $0 != "?" })
        case "@query":
            guard let mark = path.firstIndex(of: "?") else { return "?" }
            return String(path[mark...])
        case "@authority": return try field("host").lowercased()
        default:
            guard !component.hasPrefix("@") else {
                throw .malformed(header: "Signature-Input", "\(component) is not known")
            }
            return try field(component)
        }
    }

    private func field(_ name: String) throws(SignatureError) -> String {
        guard let value = header(name) else { throw .missing(header: name) }
        let first = value.firstIndex { $0 != " " && $0 != "\t" } ?? value.endIndex
        let last = value.lastIndex { $0 != " " && $0 != "\t" }
        return last.map { String(value[first...$0]) } ?? ""
    }
}
