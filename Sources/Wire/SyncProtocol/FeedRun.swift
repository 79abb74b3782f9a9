import FoundationEssentials
public import Replication
import SwiftProtobuf

/// Operations of one incarnation at neighbouring positions of the feed.
public struct FeedRun: Sendable, Equatable {
    public var station: StationCode
    public var incarnation: Incarnation
    public var link: IncarnationLink?
    public var entries: [Entry]

    /// An operation, or, when its reader made it, only what the hub says of it.
    public struct Entry: Sendable, Equatable {
        public var id: OperationID
        public var standing: Standing
        public var refusal: Refusal?
        /// nil: made by the station that reads this.
        public var content: Run.Entry?

        public init(
            id: OperationID, standing: Standing, refusal: Refusal?, content: Run.Entry?
        ) {
            self.id = id
            self.standing = standing
            self.refusal = refusal
            self.content = content
        }
    }

    public init(
        station: StationCode, incarnation: Incarnation, link: IncarnationLink?, entries: [Entry]
    ) {
        self.station = station
        self.incarnation = incarnation
        self.link = link
        self.entries = entries
    }
}

extension FeedRun {
    public var wire: WireFeedRun {
        get throws(WireError) {
            var wire = WireFeedRun()
            wire.station = station.rawValue
            wire.incarnation = incarnation.rawValue
            wire.firstSequence = entries.first?.id.sequence ?? 0
            wire.firstPosition = entries.first?.standing.position ?? 0
            if let link { wire.parent = link.wire }
            var rank: Int64 = 0
            for entry in entries {
                wire.rankDeltas.append(entry.standing.rank &- rank)
                rank = entry.standing.rank
                if let refusal = entry.refusal { wire.verdicts.append(refusal.wire(of: entry.id)) }
            }
            let contents = entries.compactMap(\.content)
            if contents.count == entries.count { wire.operations = try wireOperations(contents) }
            return wire
        }
    }

    public init(_ wire: WireFeedRun) throws(WireError) {
        guard wire.incarnation != 0 else { throw .missing("feedRun.incarnation") }
        guard wire.operations.isEmpty || wire.operations.count == wire.rankDeltas.count else {
            throw .malformed(
                "feed run with \(wire.operations.count) operations, "
                    + "\(wire.rankDeltas.count) ranks")
        }
        let incarnation = Incarnation(rawValue: wire.incarnation)
        let station = StationCode(wire.station)
        let contents = try SyncProtocol.entries(
            wire.operations, incarnation: incarnation, firstSequence: wire.firstSequence,
            station: station)
        self.init(
            station: station, incarnation: incarnation,
            link: wire.hasParent ? IncarnationLink(wire.parent) : nil,
            entries: FeedRun.entries(wire, contents))
    }

    private static func entries(_ wire: WireFeedRun, _ contents: [Run.Entry]) -> [Entry] {
        let refusals = Dictionary(
            wire.verdicts.map { ($0.sequence, Refusal($0)) },
            uniquingKeysWith: { first, _ in first })
        var rank: Int64 = 0
        var position = wire.firstPosition &- 1
        return wire.rankDeltas.enumerated().map { index, delta in
            rank &+= delta
            position &+= 1
            let sequence = wire.firstSequence &+ UInt64(index)
            let refusal = refusals[sequence]
            return Entry(
                id: OperationID(
                    incarnation: Incarnation(rawValue: wire.incarnation), sequence: sequence),
                standing: Standing(
                    position: position, rank: rank,
                    isRefused: refusal != nil),
                refusal: refusal, content: contents.isEmpty ? nil : contents[index])
        }
    }
}

/// Why an operation has no effect: the hub's verdict, the same at every station.
public struct Refusal: Sendable, Equatable, Hashable {
    /// The code of an operation that is in force under another name. No person need decide.
    public static let alreadyMade = "already-made"

    /// Stable, from docs/errors.md.
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    public init(_ wire: WireVerdict) {
        self.init(code: wire.code, message: wire.message)
    }

    public func wire(of id: OperationID) -> WireVerdict {
        .with {
            ($0.incarnation, $0.sequence) = (id.incarnation.rawValue, id.sequence)
            ($0.code, $0.message) = (code, message)
        }
    }
}
