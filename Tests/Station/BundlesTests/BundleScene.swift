import BundleFormat
import Bundles
import Crypto
import Foundation
import Hub
import HubStorage
import LedgerStore
import Replication
import StationStorage
import SyncProtocol
import Testing

/// A station and a hub without a network between them.
final class BundleScene {
    static let now: Int64 = 1_800_000_000_000_000
    let folder = NSTemporaryDirectory() + "bundles-" + UUID().uuidString
    let key = Curve25519.Signing.PrivateKey()
    let hub: HubStore
    let store: StationStore
    let life = Life(random: 7)
    var enrolment = Enrolment(station: "", tenant: "", hubURL: "", generation: "")

    init() throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        hub = try HubStore(directory: folder + "/hub")
        store = try StationStore(path: folder + "/station.db")
    }

    deinit {
        // What a failed test left open or behind is the temporary folder's.
        try? store.close()
        try? hub.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var bundles: OutboxBundles {
        OutboxBundles(store: store, key: key, clock: { BundleScene.now })
    }

    func enrol() async throws {
        let code = try await hub.registry.makeEnrolmentCode(
            tenant: "main", minutes: 10, now: Self.now)
        let station = try await hub.registry.enrol(
            Registry.Application(
                code: code.text, publicKey: Array(key.publicKey.rawRepresentation), name: "dock",
                fingerprint: ""), now: Self.now)
        enrolment = Enrolment(
            station: station.code, tenant: "main", hubURL: "http://hub",
            generation: hub.registry.generation)
        try join(enrolment.hubURL, hubKey: Array(hub.registry.publicKeyBytes))
    }

    /// Belongs to the hub at that address from now on, which told its key or did not.
    func join(_ hubURL: String, hubKey: [UInt8]) throws {
        try store.write { transaction in
            try transaction.enrol(
                station: enrolment.station, tenant: "main", hubURL: hubURL,
                generation: enrolment.generation)
            try transaction.noteHubKey(hubKey)
        }
    }

    func acknowledge(upTo sequence: UInt64) throws {
        try store.write {
            try $0.acknowledge(life.incarnation, upTo: sequence, wallMicroseconds: 1)
        }
    }

    func deadLetters() throws -> [DeadLetter] {
        try store.read { try $0.deadLetters(limit: 9) }
    }

    @discardableResult
    func make(_ count: Int, delta: Int64 = 1) throws -> [OperationID] {
        try store.write {
            try $0.append(
                Array(
                    repeating: .adjust(StockKey(item: "A", place: "P"), delta: delta),
                    count: count), life: life, by: Author(), wallMicroseconds: Self.now)
        }
    }

    /// Answers with the path of a file that holds what waits.
    func export(all: Bool = false, named name: String = "dock.bundle") async throws -> String {
        var bytes: [UInt8] = []
        try await bundles.export(for: enrolment, all: all) { bytes += $0 }
        return try write(bytes, name)
    }

    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let path = folder + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }

    var work: BundleImport { BundleImport(store: hub, clock: { BundleScene.now }) }

    /// Brings a file to the hub and answers with what it said, and the answer to carry back.
    func carry(_ path: String) async throws -> (BundleReceipt, answer: [UInt8]) {
        let receipt = try await work.run(path)
        return (receipt, try work.answer(to: receipt))
    }

    func balance() async throws -> Int64 {
        try await hub.tenant("main").stock(.init(item: "A", place: "P"), limit: 1).first?.value ?? 0
    }

    func waiting() throws -> UInt64 { try store.read { try $0.outboxDepth().waiting } }
}

/// The stable code of what `body` throws; nil: nothing.
func code(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch let error as BundleError {
        return error.code
    } catch let error as HubError {
        return error.code
    } catch {
        return "\(error)"
    }
}

func expectCode(
    _ expected: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    let found = await code(body)
    #expect(found == expected, sourceLocation: sourceLocation)
}
