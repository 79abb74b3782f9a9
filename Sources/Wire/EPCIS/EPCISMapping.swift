public import Replication
import Reporting

/// Turns operations into events. Pure: the same operation always makes the same events.
///
/// docs/ways-out.md has the table of what becomes what.
public struct EPCISMapping: Sendable {
    public let settings: EPCISSettings

    public init(_ settings: EPCISSettings) {
        self.settings = settings
    }

    /// The operations that have to be at hand to turn `operation` into events: what it undoes, and
    /// the line of a batch that it was made with.
    public static func related(to operation: Operation) -> [OperationID] {
        switch operation.kind {
        case .undo(let target, _): [target]
        case .adjust, .serial:
            operation.id.sequence > 1
                ? [
                    OperationID(
                        incarnation: operation.id.incarnation,
                        sequence: operation.id.sequence - 1)
                ] : []
        default: []
        }
    }

    /// The events of one operation; none when it is refused or nothing that EPCIS speaks of.
    ///
    /// `related` holds what `related(to:)` asks for, and what these ask for in turn.
    public func events(
        of ranked: RankedOperation, related: [OperationID: RankedOperation] = [:]
    ) -> [EPCISEvent] {
        guard !ranked.standing.isRefused else { return [] }
        guard case .undo(let target, let level) = ranked.operation.kind else {
            return events(of: ranked, level: 1, related)
        }
        return related[target].map { correction(of: $0, level: level, by: ranked, related) } ?? []
    }

    /// Undone: what was said did not happen. Done again: it did, under a name of its own, for an
    /// event that was declared wrong stays so.
    private func correction(
        of target: RankedOperation, level: UInt32, by ranked: RankedOperation,
        _ related: [OperationID: RankedOperation]
    ) -> [EPCISEvent] {
        guard !target.standing.isRefused, level > 1 else { return [] }
        let isUndone = level % 2 == 0
        let fresh = isUndone ? [] : events(of: target, level: level, related)
        let wrong = events(of: target, level: isUndone ? level - 1 : level - 2, related)
        let declared = wrong.enumerated().map { number, event in
            var event = event
            event.errorDeclaration = .init(
                declarationTime: Self.time(of: ranked), reason: "did_not_occur",
                correctiveEventIDs: isUndone ? nil : [fresh[number].eventID])
            return event
        }
        return fresh + declared
    }

    private func events(
        of ranked: RankedOperation, level: UInt32, _ related: [OperationID: RankedOperation]
    ) -> [EPCISEvent] {
        var draft = EventDraft(ranked, level: level, settings)
        draft.batch = Self.batch(of: ranked.operation, related)
        return draft.events
    }

    /// The batch whose line was made together with the operation.
    private static func batch(
        of operation: Operation, _ related: [OperationID: RankedOperation]
    ) -> BatchCode? {
        guard let before = Self.related(to: operation).first.flatMap({ related[$0] }),
            case .batchAdd(let line) = before.operation.kind
        else { return nil }
        return switch operation.kind {
        case .adjust(_, let delta): delta == line.quantity ? line.batch : nil
        case .serial: line.quantity == 1 ? line.batch : nil
        default: nil
        }
    }

    /// The hub's estimate once it gave one: a station's clock may be wrong.
    static func time(of ranked: RankedOperation) -> String {
        TimeText.utc(
            ranked.standing.position == nil
                ? ranked.operation.clock.rawValue : ranked.standing.rank)
    }
}
