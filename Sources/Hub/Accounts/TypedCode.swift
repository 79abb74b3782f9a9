import Crypto
public import FoundationEssentials

/// A code of one use that people read and type: ten characters without look-alikes, 50 bits.
/// Only hashes of them are kept.
public enum TypedCode {
    public static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// `7K3QF-X9M2A`
    public static func make() -> String {
        let letters = (0..<10).map { _ in alphabet[Int.random(in: 0..<32)] }
        return String(letters[0..<5]) + "-" + String(letters[5..<10])
    }

    /// Reads what people type: any case, with or without dashes, O for 0, I and L for 1.
    public static func hash(_ typed: String) -> Data {
        let letters = typed.uppercased().compactMap { letter -> Character? in
            switch letter {
            case "O": "0"
            case "I", "L": "1"
            case "-", " ": nil
            default: letter
            }
        }
        return Data(SHA256.hash(data: Data(String(letters).utf8)))
    }
}
