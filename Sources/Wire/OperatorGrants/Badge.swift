import Crypto
import FoundationEssentials

/// Something that somebody wears and shows.
public struct Badge: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// An NTAG 424 DNA that proved its key.
        case dna
        /// The number of any tag. Anybody can copy it.
        case uid
        /// A printed barcode. Anybody can copy it.
        case code

        /// Whether it says for certain who shows it.
        public var isProof: Bool { self == .dna }
    }

    public static let codeLimits = 6...256

    public let kind: Kind
    /// A number in capital hexadecimal digits, or a code as it is read.
    public let value: String

    /// nil: there is no such badge.
    public init?(_ kind: Kind, _ value: String) {
        switch kind {
        case .dna, .uid:
            guard [8, 14, 20].contains(value.utf8.count),
                value.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
            else { return nil }
            self.value = value.uppercased()
        case .code:
            guard Self.codeLimits.contains(value.utf8.count) else { return nil }
            self.value = value
        }
        self.kind = kind
    }

    /// `uid:04A1B2C3D4E5F6`, as it is given on the command line.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        self.init(kind, String(parts[1]))
    }

    /// What rosters say of it, so that who reads one can't print a code badge.
    public func mark(tenant: String) -> BadgeMark {
        let text = "scanstation badge 1\n\(tenant)\n\(kind.rawValue)\n\(value)"
        return BadgeMark(kind: kind, bytes: Array(SHA256.hash(data: Data(text.utf8))))
    }
}

/// A badge as a roster knows it.
public struct BadgeMark: Sendable, Hashable {
    public static let lengthBytes = 32

    public var kind: Badge.Kind
    public var bytes: [UInt8]

    public init(kind: Badge.Kind, bytes: [UInt8]) {
        (self.kind, self.bytes) = (kind, bytes)
    }
}
