public import Crypto
import FoundationEssentials
import SwiftProtobuf
public import SyncProtocol

/// Who may work at the stations of a tenant.
public struct Roster: Sendable, Equatable {
    /// Grants of one tenant.
    public static let grantsLimit = 1000
    /// So that nothing else that a hub signs can be taken for a roster.
    private static let purpose = Array("scanstation roster 1\n".utf8)

    public var tenant: String
    /// Greater after each change that somebody made.
    public var version: UInt64
    /// Microseconds since 1970, by the hub's clock.
    public var issued: Int64
    public var grants: [OperatorGrant]

    public init(tenant: String, version: UInt64, issued: Int64, grants: [OperatorGrant]) {
        self.tenant = tenant
        self.version = version
        self.issued = issued
        self.grants = grants
    }

    /// As the hub hands it out.
    public func signed(by key: Curve25519.Signing.PrivateKey) throws -> SignedRoster {
        let message = WireRoster.with {
            ($0.tenant, $0.version, $0.issued) = (tenant, version, issued)
            $0.grants = grants.map(\.wire)
        }
        let bytes: [UInt8] = try message.serializedBytes()
        return SignedRoster(
            roster: bytes, signature: Array(try key.signature(for: Data(Self.purpose + bytes))))
    }

    /// Reads what the hub whose key this is has signed for `tenant`, and nothing else.
    public init(
        _ signed: SignedRoster, hubKey: [UInt8], tenant: String
    ) throws(GrantError) {
        // What is no key has signed nothing.
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: hubKey)
        guard let key,
            key.isValidSignature(
                Data(signed.signature), for: Data(Self.purpose + signed.roster))
        else { throw .rosterSignature }
        // It was signed, so it comes from a hub of another make.
        guard let wire = try? WireRoster(serializedBytes: signed.roster) else {
            throw .rosterNonsense("it is no roster")
        }
        guard wire.tenant == tenant else { throw .rosterTenant(wire.tenant) }
        guard wire.grants.count <= Self.grantsLimit else {
            throw .rosterNonsense("it has \(wire.grants.count) grants")
        }
        var grants: [OperatorGrant] = []
        for grant in wire.grants { grants.append(try OperatorGrant(grant)) }
        self.init(
            tenant: wire.tenant, version: wire.version, issued: wire.issued, grants: grants)
    }
}

/// A roster as it is carried and kept: the bytes that were signed, and the signature.
public struct SignedRoster: Sendable, Equatable {
    public var roster: [UInt8]
    /// Ed25519.
    public var signature: [UInt8]

    public init(roster: [UInt8], signature: [UInt8]) {
        (self.roster, self.signature) = (roster, signature)
    }

    public init(_ wire: WireSignedRoster) {
        self.init(roster: Array(wire.roster), signature: Array(wire.signature))
    }

    public var wire: WireSignedRoster {
        .with { ($0.roster, $0.signature) = (.init(roster), .init(signature)) }
    }
}
