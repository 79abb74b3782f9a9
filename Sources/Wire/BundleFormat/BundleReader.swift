public import Crypto
import FoundationEssentials
import Gzip
import SwiftProtobuf
public import SyncProtocol

/// Takes a bundle apart, frame by frame, holding one of them at a time.
///
/// What it gives out is trusted only after `checkSignature`: read it twice, or keep it.
public struct BundleReader {
    public enum Frame: Sendable {
        case operations(WireOpsRequest)
        case acknowledgement(WireOpsResponse)
    }

    public private(set) var header = WireBundleHeader()
    private let read: (Int) throws -> [UInt8]
    private var hash = SHA256()
    private var signature: [UInt8]?

    /// `read` gives so many bytes, fewer at the end only.
    public init(_ read: @escaping (Int) throws -> [UInt8]) throws {
        self.read = read
        try begin()
    }

    public init(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        try self.init { count in
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
    }

    private mutating func begin() throws {
        let magic = try read(Bundle.magic.count)
        guard magic.starts(with: Bundle.family) else {
            throw Bundle.family.starts(with: magic) && !magic.isEmpty
                ? BundleError.torn : BundleError.unreadable("it begins otherwise")
        }
        guard magic.count == Bundle.magic.count else { throw BundleError.torn }
        guard magic == Bundle.magic else { throw BundleError.version }
        hash.update(data: magic)
        guard case (.header, let content)? = try nextFrame() else {
            throw BundleError.unreadable("it has no header")
        }
        header = try message(WireBundleHeader.self, content)
    }

    /// nil: the signature was read, and nothing follows it.
    public mutating func next() throws -> Frame? {
        guard let (kind, content) = try nextFrame() else { return nil }
        switch kind {
        case .operations: return .operations(try inflated(WireOpsRequest.self, content))
        case .acknowledgement:
            return .acknowledgement(try inflated(WireOpsResponse.self, content))
        case .header, .signature: throw BundleError.unreadable("a second header")
        }
    }

    /// Of everything read so far: tells whether a file is still the one that was read before.
    public var digest: [UInt8] { Array(hash.finalize()) }

    /// Throws `BundleError.forged`. To be called when `next` has answered nil.
    public func checkSignature(of key: Curve25519.Signing.PublicKey) throws(BundleError) {
        guard let signature else { throw .torn }
        guard key.isValidSignature(Data(signature), for: Data(Bundle.signed(hash.finalize())))
        else { throw .forged }
    }

    private mutating func nextFrame() throws -> (Bundle.FrameKind, [UInt8])? {
        guard signature == nil else { return nil }
        let head = try exactly(5)
        guard let kind = Bundle.FrameKind(rawValue: head[0]) else {
            throw BundleError.unreadable("a frame of an unknown kind")
        }
        let length = head[1...].reduce(0) { $0 << 8 | Int($1) }
        guard length <= Bundle.frameLimitBytes else {
            throw BundleError.unreadable("a frame of \(length) bytes")
        }
        let content = try exactly(length)
        guard kind != .signature else {
            guard content.count == Bundle.signatureBytes, try read(1).isEmpty else {
                throw BundleError.unreadable("something stands where only a signature may")
            }
            signature = content
            return nil
        }
        hash.update(data: head)
        hash.update(data: content)
        return (kind, content)
    }

    private func exactly(_ count: Int) throws -> [UInt8] {
        let bytes = try read(count)
        guard bytes.count == count else { throw BundleError.torn }
        return bytes
    }

    private func inflated<M: SwiftProtobuf.Message>(
        _ type: M.Type, _ bytes: [UInt8]
    ) throws -> M {
        let plain: [UInt8]
        do {
            plain = try Gzip.decompress(bytes, limitBytes: Bundle.contentLimitBytes)
        } catch {
            throw BundleError.unreadable("\(error)")
        }
        return try message(type, plain)
    }

    private func message<M: SwiftProtobuf.Message>(
        _ type: M.Type, _ bytes: [UInt8]
    ) throws -> M {
        do {
            return try M(serializedBytes: bytes)
        } catch {
            throw BundleError.unreadable("\(error)")
        }
    }
}
