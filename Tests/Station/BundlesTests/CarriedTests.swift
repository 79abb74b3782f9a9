import BundleFormat
import Bundles
import Crypto
import Hub
import HubStorage
import LedgerStore
import Replication
import StationStorage
import SwiftProtobuf
import SyncProtocol
import Testing

/// The outbox goes to the hub by hand and counts once, whatever is done to the file on its way.
@Suite struct CarriedTests {
    @Test func whatIsCarriedArrivesAndItsAnswerEmptiesTheOutbox() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(1203)
        let (receipt, answer) = try await scene.carry(try await scene.export())
        #expect([receipt.operations, receipt.taken, receipt.waiting] == [1203, 1203, 0])
        #expect(try await scene.balance() == 1203)
        #expect(try scene.waiting() == 1203, "only the answer empties it")
        #expect(try await scene.bundles.take(answer) == 1203)
        #expect(try await scene.bundles.take(answer) == 0)
        #expect(try scene.waiting() == 0)
    }

    @Test func filesMayComeInAnyOrderAndAgain() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(3)
        let first = try await scene.export(named: "first")
        try scene.make(2)
        let second = try await scene.export(named: "second")
        let (later, _) = try await scene.carry(second)
        #expect(later.taken == 5)
        let (earlier, answer) = try await scene.carry(first)
        #expect([earlier.taken, earlier.operations] == [0, 3])
        #expect(try await scene.carry(second).0.taken == 0)
        #expect(try await scene.balance() == 5)
        #expect(try await scene.bundles.take(answer) == 5, "the hub says all that it holds")
    }

    /// The answer to the first file was imported, the file itself got lost before it was taken.
    @Test func afterAGapNothingIsTakenAndAllBringsItBack() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(3)
        try scene.acknowledge(upTo: 2)
        let (receipt, _) = try await scene.carry(try await scene.export())
        #expect([receipt.taken, receipt.waiting] == [0, 1])
        let (all, _) = try await scene.carry(try await scene.export(all: true))
        #expect([all.taken, all.waiting] == [3, 0])
    }

    @Test func whatIsRefusedIsShownAtTheStation() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        let ids = try scene.make(1, delta: OperationKind.quantityLimit + 1)
        let (receipt, answer) = try await scene.carry(try await scene.export())
        #expect(receipt.refused == 1)
        _ = try await scene.bundles.take(answer)
        let letters = try scene.deadLetters()
        #expect(letters.map(\.id) == ids)
        #expect(letters.map(\.refusal.code) == ["quantity-out-of-range"])
    }

    @Test func aFileThatIsCutAnywhereIsTornAndNothingOfItIsTaken() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(600)
        let whole = try scene.bytes(try await scene.export())
        for length in Array(0..<24) + Array(stride(from: 24, to: whole.count, by: 37))
            + [whole.count - 1]
        {
            let path = try scene.write(Array(whole.prefix(length)), "cut")
            let code = await code { _ = try await scene.carry(path) }
            #expect(code == (length == 0 ? "bundle-unreadable" : "bundle-torn"), "at \(length)")
        }
        #expect(try await scene.balance() == 0)
    }

    @Test func aFileInWhichOneByteWasChangedIsRefused() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(600)
        let whole = try scene.bytes(try await scene.export())
        for index in Array(0..<60) + Array(stride(from: 60, to: whole.count, by: 41)) {
            var bytes = whole
            bytes[index] ^= 0x01
            let path = try scene.write(bytes, "changed")
            let code = await code { _ = try await scene.carry(path) }
            #expect(code != nil, "byte \(index)")
        }
        let longer = try scene.write(whole + [0], "longer")
        await expectCode("bundle-unreadable") { _ = try await scene.carry(longer) }
        #expect(try await scene.balance() == 0)
    }

    @Test func whoIsNoStationOfTheHubIsRefused() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(1)
        let path = try await scene.export()
        let stranger = try BundleScene()
        try await stranger.enrol()
        await expectCode("station-unknown") { _ = try await stranger.carry(path) }

        try await scene.hub.registry.revoke(
            scene.enrolment.station, tenant: "main", now: BundleScene.now)
        await expectCode("station-revoked") { _ = try await scene.carry(path) }
    }

    /// Somebody writes the name of another station into a file of his own.
    @Test func anotherKeyIsForged() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(1)
        let thief = OutboxBundles(
            store: scene.store, key: Curve25519.Signing.PrivateKey(), clock: { BundleScene.now })
        var bytes: [UInt8] = []
        try await thief.export(for: scene.enrolment, all: false) { bytes += $0 }
        let path = try scene.write(bytes, "forged")
        await expectCode("bundle-forged") { _ = try await scene.carry(path) }
        #expect(try await scene.balance() == 0)
    }

    @Test func onlyTheHubsOwnAnswerIsTaken() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(2)
        let path = try await scene.export()
        let (_, answer) = try await scene.carry(path)
        let operations = try scene.bytes(path)
        await expectCode("bundle-wrong-kind") { _ = try await scene.bundles.take(operations) }
        let answerPath = try scene.write(answer, "answer")
        await expectCode("bundle-wrong-kind") { _ = try await scene.carry(answerPath) }

        var forged = answer
        forged[forged.count - 1] ^= 1
        await expectCode("bundle-forged") { [forged] in _ = try await scene.bundles.take(forged) }
        let other = try BundleScene()
        try await other.enrol()
        await expectCode("bundle-foreign") { _ = try await other.bundles.take(answer) }
        #expect(try scene.waiting() == 2)
    }

    @Test func anAnswerOfAHubThatNeverToldItsKeyIsNotBelieved() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(2)
        let (_, answer) = try await scene.carry(try await scene.export())
        try scene.join("http://elsewhere", hubKey: [])
        await expectCode("hub-key-unknown") { _ = try await scene.bundles.take(answer) }
        #expect(try scene.waiting() == 2)
    }

    /// The hub holds operations of a copy of this card under our numbers.
    @Test func anAnswerThatSpeaksOfOtherOperationsAcknowledgesNothing() async throws {
        let scene = try BundleScene()
        try await scene.enrol()
        try scene.make(2)
        var writer = BundleWriter()
        let header = WireBundleHeader.with { $0.station = scene.enrolment.station.rawValue }
        let lie = WireOpsResponse.with {
            $0.cursors = [
                .with {
                    ($0.incarnation, $0.sequence) = (scene.life.incarnation.rawValue, 2)
                    $0.chain = .init(repeating: 9, count: 16)
                }
            ]
        }
        let bytes =
            try writer.begin(header) + writer.acknowledgement(lie)
            + writer.end(signedBy: scene.hub.registry.signingKey)
        #expect(try await scene.bundles.take(bytes) == 0)
        #expect(try scene.waiting() == 2)
    }
}
