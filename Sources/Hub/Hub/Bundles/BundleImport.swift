import BundleFormat
import Crypto
import Foundation
import Glibc
public import HubStorage
import LinuxIO
import Replication
import SwiftProtobuf
import SyncProtocol

/// Takes in what a station's outbox holds, as it was carried here in a file.
///
/// The file is read twice: first to the end, for its signature, then again to take it in. Nothing
/// of a file that is torn, changed or a stranger's is taken.
public struct BundleImport: Sendable {
    private let store: HubStore
    /// Microseconds since 1970.
    private let clock: @Sendable () -> Int64

    public init(store: HubStore, clock: @escaping @Sendable () -> Int64 = WallClock.microseconds) {
        self.store = store
        self.clock = clock
    }

    /// Throws `BundleError`, `HubError`, `LinuxError`. `progress` is told how many operations have
    /// been looked at.
    public func run(
        _ path: String, progress: (Int) -> Void = { _ in }
    ) async throws -> BundleReceipt {
        let (station, digests) = try await check(path)
        let tenant = try store.tenant(station.tenant)
        var receipt = BundleReceipt(station: station.code.rawValue)
        var reader = try Self.reader(path)
        for digest in digests {
            guard case .operations(let message)? = try reader.next(), reader.digest == digest
            else { throw BundleError.torn }
            let runs = try Self.runs(message, station)
            let answer = try await tenant.take(runs, from: station, now: clock())
            receipt.note(runs, answer)
            progress(receipt.operations)
        }
        return receipt
    }

    /// The answer to carry back: what the hub holds now of all that the file spoke of.
    public func answer(to receipt: BundleReceipt) throws -> [UInt8] {
        var writer = BundleWriter()
        let header = WireBundleHeader.with {
            $0.station = receipt.station
            $0.made = clock()
            $0.generation = store.registry.generation
        }
        let bytes = try writer.begin(header) + writer.acknowledgement(receipt.message(at: clock()))
        return bytes + (try writer.end(signedBy: store.registry.signingKey))
    }

    /// Answers with what the digest is after each frame, and who made the file.
    private func check(_ path: String) async throws -> (StationRecord, [[UInt8]]) {
        var reader = try Self.reader(path)
        let station = try await store.registry.station(StationCode(reader.header.station))
        var digests: [[UInt8]] = []
        while let frame = try reader.next() {
            guard case .operations(let message) = frame else {
                throw BundleError.wrongKind(expected: "operations")
            }
            _ = try Self.runs(message, station)
            digests.append(reader.digest)
        }
        try reader.checkSignature(
            of: try Curve25519.Signing.PublicKey(rawRepresentation: station.publicKey))
        return (station, digests)
    }

    private static func runs(
        _ message: WireOpsRequest, _ station: StationRecord
    ) throws -> [Run] {
        do {
            return try message.runs.map { run throws in try Run(run, station: station.code) }
        } catch let error as WireError {
            throw BundleError.unreadable("\(error)")
        }
    }

    private static func reader(_ path: String) throws -> BundleReader {
        let file = try FileDescriptor(opening: path, O_RDONLY)
        return try BundleReader { count in
            var bytes: [UInt8] = []
            while bytes.count < count {
                guard case .bytes(let more) = try file.read(limit: count - bytes.count) else {
                    break
                }
                bytes += more
            }
            return bytes
        }
    }
}
