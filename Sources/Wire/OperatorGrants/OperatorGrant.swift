import FoundationEssentials
import SwiftProtobuf
import SyncProtocol

/// What one operator may do, until when, and how they say who they are.
public struct OperatorGrant: Sendable, Equatable {
    /// Badges of one operator.
    public static let badgesLimit = 8

    public var name: String
    public var role: OperatorRole
    /// Microseconds since 1970, by the hub's clock.
    public var expires: Int64
    public var pin: PINHash
    public var badges: [BadgeMark]

    public init(
        name: String, role: OperatorRole, expires: Int64, pin: PINHash, badges: [BadgeMark]
    ) {
        self.name = name
        self.role = role
        self.expires = expires
        self.pin = pin
        self.badges = badges
    }
}

extension OperatorGrant {
    init(_ wire: WireOperatorGrant) throws(GrantError) {
        let hash = PINHash(
            salt: Array(wire.pin.salt), rounds: wire.pin.rounds, hash: Array(wire.pin.hash))
        guard let role = OperatorRole(rawValue: wire.role), let hash,
            wire.badges.count <= Self.badgesLimit
        else { throw .rosterNonsense("the grant of '\(wire.operator)' can't be read") }
        self.init(
            name: try OperatorName.checked(wire.operator), role: role, expires: wire.expires,
            pin: hash, badges: wire.badges.compactMap { BadgeMark($0) })
    }

    var wire: WireOperatorGrant {
        .with {
            ($0.operator, $0.role, $0.expires) = (name, role.rawValue, expires)
            $0.pin = .with {
                ($0.salt, $0.rounds) = (.init(pin.salt), pin.rounds)
                $0.hash = .init(pin.bytes)
            }
            $0.badges = badges.map { badge in
                .with { ($0.kind, $0.mark) = (badge.kind.rawValue, .init(badge.bytes)) }
            }
        }
    }
}

extension BadgeMark {
    /// nil: of a kind that later programs know.
    fileprivate init?(_ wire: WireBadgeGrant) {
        guard let kind = Badge.Kind(rawValue: wire.kind), wire.mark.count == Self.lengthBytes
        else { return nil }
        self.init(kind: kind, bytes: Array(wire.mark))
    }
}
