/// The value of a Signature-Input member: what is covered, and the parameters, in their order.
///
/// RFC 9421 section 2.3: it is signed itself, in the canonical form of RFC 8941.
struct SignatureInput: Equatable {
    enum Value: Equatable {
        case integer(Int64)
        case string(String)
    }

    var components: [String]
    var parameters: [(name: String, value: Value)]

    static func == (left: SignatureInput, right: SignatureInput) -> Bool {
        left.text == right.text
    }

    /// As it stands in the header and in the last line of the signature base.
    var text: String {
        var text = "(" + components.map { "\"\($0)\"" }.joined(separator: " ") + ")"
        for (name, value) in parameters {
            switch value {
            case .integer(let number): text += ";\(name)=\(number)"
            case .string(let string): text += ";\(name)=\(SignatureInput.quoted(string))"
            }
        }
        return text
    }

    func string(_ name: String) -> String? {
        guard case .string(let value) = self[name] else { return nil }
        return value
    }

    func integer(_ name: String) -> Int64? {
        guard case .integer(let value) = self[name] else { return nil }
        return value
    }

    private subscript(name: String) -> Value? {
        parameters.last { $0.name == name }?.value
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for character in string.unicodeScalars {
            if character == "\"" || character == "\\" { text += "\\" }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }
}
