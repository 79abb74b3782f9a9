import BundleFormat
public import Crypto
import FoundationEssentials
import Replication
public import StationStorage
import SwiftProtobuf
import SyncProtocol

/// Carries the outbox to the hub by hand, and its answer back.
public struct OutboxBundles: Sendable {
    /// Operations in one frame; fewer when they are long.
    private static let pageLimit = 500
    private static let pageLimitBytes = 3 << 20

    private let store: StationStore
    private let key: Curve25519.Signing.PrivateKey
    /// Microseconds since 1970.
    private let clock: @Sendable () -> Int64

    public init(
        store: StationStore, key: Curve25519.Signing.PrivateKey,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.store = store
        self.key = key
        self.clock = clock
    }

    /// Writes what waits now, or with `all` everything that this station ever made, a piece at a
    /// time. Taking it does not change the outbox.
    public func export(
        for enrolment: Enrolment, all: Bool, write: ([UInt8]) async throws -> Void
    ) async throws {
        let lives = try await store.read { try $0.lives() }
        var writer = BundleWriter()
        try await write(
            try writer.begin(
                .with {
                    $0.station = enrolment.station.rawValue
                    $0.made = clock()
                    $0.generation = enrolment.generation
                }))
        for life in lives {
            var sequence = all ? 0 : life.acknowledged
            while sequence < life.lastSequence,
                let run = try await run(of: life, after: sequence)
            {
                try await write(
                    try writer.operations(.with { $0.runs = [try run.wire] }))
                sequence = run.operations.last?.operation.id.sequence ?? life.lastSequence
            }
        }
        try await write(try writer.end(signedBy: key))
    }

    /// The next operations, as many as make no frame that is too long.
    private func run(of life: LifeState, after sequence: UInt64) async throws -> Run? {
        let limit = min(Int(clamping: life.lastSequence - sequence), Self.pageLimit)
        let run = try await store.read {
            try $0.run(of: life.incarnation, after: sequence, limit: limit)
        }
        guard let run, run.lengthBytes > Self.pageLimitBytes, run.operations.count > 1 else {
            return run
        }
        var (length, count) = (0, 0)
        for entry in run.operations {
            length += entry.kindBytes.count
            if length > Self.pageLimitBytes, count > 0 { break }
            count += 1
        }
        let shorter = count
        return try await store.read {
            try $0.run(of: life.incarnation, after: sequence, limit: shorter)
        }
    }

    /// Takes the hub's answer to a bundle: what it holds no longer waits, what it refused is shown.
    /// Repeats, and answers in whatever order, are harmless. Throws `BundleError`.
    ///
    /// Answers with how many operations no longer wait.
    public func take(_ bytes: [UInt8]) async throws -> UInt64 {
        let (enrolment, hubKey) = try await store.read { (try $0.enrolment(), try $0.hubKey()) }
        var reader = try BundleReader(bytes)
        guard let enrolment, reader.header.station == enrolment.station.rawValue else {
            throw BundleError.foreign(reader.header.station)
        }
        var answers: [WireOpsResponse] = []
        while let frame = try reader.next() {
            guard case .acknowledgement(let answer) = frame else {
                throw BundleError.wrongKind(expected: "acknowledgement")
            }
            answers.append(answer)
        }
        guard let hubKey else { throw BundleError.hubKeyUnknown }
        try reader.checkSignature(
            of: try Curve25519.Signing.PublicKey(rawRepresentation: Data(hubKey)))
        let now = clock()
        return try await store.write { [answers] transaction in
            let before = try transaction.waitingOperations()
            for answer in answers { try transaction.take(answer, wallMicroseconds: now) }
            return before - (try transaction.waitingOperations())
        }
    }
}

extension Run {
    fileprivate var lengthBytes: Int { operations.reduce(0) { $0 + $1.kindBytes.count } }
}

extension StationTransaction {
    /// Only what the hub proves to hold by its hash chain is taken for acknowledged.
    fileprivate mutating func take(
        _ answer: WireOpsResponse, wallMicroseconds: Int64
    ) throws {
        for cursor in answer.cursors where cursor.sequence > 0 {
            let id = OperationID(
                incarnation: Incarnation(rawValue: cursor.incarnation), sequence: cursor.sequence)
            guard try chain(after: id) == Array(cursor.chain) else { continue }
            try acknowledge(
                id.incarnation, upTo: id.sequence, wallMicroseconds: wallMicroseconds)
        }
        for verdict in answer.verdicts {
            let id = OperationID(
                incarnation: Incarnation(rawValue: verdict.incarnation), sequence: verdict.sequence)
            try park(id, refusal: Refusal(verdict), wallMicroseconds: wallMicroseconds)
        }
    }
}
