import FoundationEssentials
public import SwiftProtobuf

/// The two forms in which every message can be sent: protobuf, and the same as JSON.
public enum MessageForm: String, Sendable, CaseIterable {
    case protobuf = "application/vnd.scanstation.v1+protobuf"
    case json = "application/vnd.scanstation.v1+json"

    /// nil: a media type that this program doesn't speak. Parameters and case don't matter.
    public init?(mediaType: String) {
        let name = mediaType.prefix { $0 != ";" }.lowercased()
        switch name.filter({ $0 != " " }) {
        case Self.protobuf.rawValue: self = .protobuf
        case Self.json.rawValue, "application/json": self = .json
        default: return nil
        }
    }

    /// The version that both forms are of.
    static let version = 1

    /// Whether it is a form of an earlier version than this program speaks.
    public static func isTooOld(mediaType: String) -> Bool {
        let start = "application/vnd.scanstation.v"
        let name = mediaType.lowercased()
        guard name.hasPrefix(start),
            let number = Int(name.dropFirst(start.count).prefix { $0.isNumber })
        else { return false }
        return number < version
    }

    public func encode(_ message: some SwiftProtobuf.Message) throws -> [UInt8] {
        switch self {
        case .protobuf: try message.serializedBytes()
        case .json: try message.jsonUTF8Bytes()
        }
    }

    /// Throws `WireError.malformed`. Unknown JSON fields are left out, as protobuf readers do.
    public func decode<M: SwiftProtobuf.Message>(_ type: M.Type, from bytes: [UInt8]) throws -> M {
        do {
            switch self {
            case .protobuf: return try M(serializedBytes: bytes)
            case .json:
                var options = JSONDecodingOptions()
                options.ignoreUnknownFields = true
                return try M(jsonUTF8Bytes: bytes, options: options)
            }
        } catch {
            throw WireError.malformed("\(M.protoMessageName): \(error)")
        }
    }
}
