import Crypto
import Foundation
import ScanTesting
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import OperatorGrants

@Suite struct RosterTests {
    private static let key = Curve25519.Signing.PrivateKey()
    private static let hubKey = Array(key.publicKey.rawRepresentation)

    private static func roster() throws -> Roster {
        let pin = try PINHash(try PIN("271828"), rounds: 1 << 10)
        let badge = try #require(Badge("uid:04A1B2C3D4E5F6"))
        return Roster(
            tenant: "main", version: 7, issued: 1_800_000_000_000_000,
            grants: [
                OperatorGrant(
                    name: "Ada Lovelace", role: .supervisor, expires: 1_900_000_000_000_000,
                    pin: pin, badges: [badge.mark(tenant: "main")])
            ])
    }

    @Test func whatTheHubSignedIsRead() throws {
        let roster = try Self.roster()
        let signed = try roster.signed(by: Self.key)
        let carried = SignedRoster(
            try WireSignedRoster(serializedBytes: try signed.wire.serializedBytes() as [UInt8]))
        #expect(try Roster(carried, hubKey: Self.hubKey, tenant: "main") == roster)
    }

    @Test func everyChangedByteIsNoticed() throws {
        let signed = try Self.roster().signed(by: Self.key)
        for index in signed.roster.indices {
            var changed = signed
            changed.roster[index] ^= 1
            #expect(throws: GrantError.rosterSignature) {
                try Roster(changed, hubKey: Self.hubKey, tenant: "main")
            }
        }
        for index in signed.signature.indices {
            var changed = signed
            changed.signature[index] ^= 1
            #expect(throws: GrantError.rosterSignature) {
                try Roster(changed, hubKey: Self.hubKey, tenant: "main")
            }
        }
    }

    @Test func anotherHubsAndAnotherTenantsAreNotTaken() throws {
        let signed = try Self.roster().signed(by: Self.key)
        let other = Curve25519.Signing.PrivateKey()
        for key in [Array(other.publicKey.rawRepresentation), [], [1, 2, 3]] {
            #expect(throws: GrantError.rosterSignature) {
                try Roster(signed, hubKey: key, tenant: "main")
            }
        }
        #expect(throws: GrantError.rosterTenant("main")) {
            try Roster(signed, hubKey: Self.hubKey, tenant: "other")
        }
    }

    /// What the hub signs for another purpose is no roster, though the bytes are the same.
    @Test func aSignatureIsGoodForRostersOnly() throws {
        var signed = try Self.roster().signed(by: Self.key)
        signed.signature = Array(try Self.key.signature(for: Data(signed.roster)))
        #expect(throws: GrantError.rosterSignature) {
            try Roster(signed, hubKey: Self.hubKey, tenant: "main")
        }
    }

    static let nonsense: [(rule: String, spoil: @Sendable (inout WireOperatorGrant) -> Void)] = [
        ("an unknown role", { $0.role = "king" }),
        ("a cost that stalls the station", { $0.pin.rounds = 1 << 30 }),
        ("a cost that is none", { $0.pin.rounds = 1 }),
        ("a cost that is no power of two", { $0.pin.rounds = 1025 }),
        ("no salt", { $0.pin.salt = Data() }),
        ("a short hash", { $0.pin.hash = Data([1]) }),
        ("too many badges", { $0.badges = Array(repeating: .init(), count: 9) }),
        ("a name of two lines", { $0.operator = "a\nb" }),
    ]

    @Test(arguments: nonsense.indices)
    func aGrantThatMakesNoSenseIsRefusedThoughItIsSigned(index: Int) throws {
        let (rule, spoil) = Self.nonsense[index]
        let good = try Self.roster().signed(by: Self.key)
        var message = try WireRoster(serializedBytes: good.roster)
        spoil(&message.grants[0])
        let bytes: [UInt8] = try message.serializedBytes()
        let purpose = Array("scanstation roster 1\n".utf8)
        let signed = SignedRoster(
            roster: bytes, signature: Array(try Self.key.signature(for: Data(purpose + bytes))))
        #expect(throws: GrantError.self, "\(rule)") {
            try Roster(signed, hubKey: Self.hubKey, tenant: "main")
        }
    }
}
