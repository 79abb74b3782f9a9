import GRDB
import Replication

extension Ledger {
    /// The operation comes into force: it is new, or done again.
    func enter(_ entry: LedgerEntry, isRemoved: Bool, _ db: Database) throws {
        switch entry.kind {
        case .adjust(let key, let delta):
            try post(entry, near: key, far: key.at(.outside), delta, db)
        case .move(let key, let to, let quantity):
            try post(entry, near: key, far: key.at(to), 0 - quantity, db)
        case .pick(let key, let line, let quantity):
            try post(entry, near: key, far: key.at(.shipped), 0 - quantity, db)
            try OrderLineRow.insertPick(quantity, line, by: entry.id, db)
            try OrderLineRow.add(quantity, to: line, db)
        case .count(let key, let quantity):
            try insertCount(entry, of: key, quantity, db)
        case .serial(let serial, let place):
            try write(entry, .serial(serial), place.rawValue, db)
        case .attribute(let item, let field, let value):
            try write(entry, .attribute(AttributeKey(item: item, field: field)), value, db)
        case .batchAdd(let line):
            if !isRemoved { try BatchLineRow.insert(line.batch, entry.id, db) }
        case .batchRemove(_, let lines):
            for line in lines {
                try AmendmentRow.insert(of: line, by: entry.id, level: nil, db)
                try refreshLine(line, db)
            }
        case .undo(let target, let level):
            try amend(target, db) {
                try AmendmentRow.insert(of: target, by: entry.id, level: level, db)
            }
        case .unknown: break
        }
    }

    /// The operation is undone or refused.
    func leave(_ entry: LedgerEntry, isRemoved: Bool, _ db: Database) throws {
        switch entry.kind {
        case .adjust(let key, let delta):
            try withdraw(entry, near: key, far: key.at(.outside), delta, db)
        case .move(let key, let to, let quantity):
            try withdraw(entry, near: key, far: key.at(to), 0 - quantity, db)
        case .pick(let key, let line, let quantity):
            try withdraw(entry, near: key, far: key.at(.shipped), 0 - quantity, db)
            try OrderLineRow.deletePick(line, by: entry.id, db)
            try OrderLineRow.add(0 - quantity, to: line, db)
        case .count(let key, _):
            try removeCount(entry, of: key, db)
        case .serial(let serial, _):
            try unwrite(entry, .serial(serial), db)
        case .attribute(let item, let field, _):
            try unwrite(entry, .attribute(AttributeKey(item: item, field: field)), db)
        case .batchAdd(let line):
            if !isRemoved { try BatchLineRow.delete(line.batch, entry.id, db) }
        case .batchRemove(_, let lines):
            for line in lines {
                try AmendmentRow.delete(of: line, by: entry.id, db)
                try refreshLine(line, db)
            }
        case .undo(let target, _):
            try amend(target, db) {
                try AmendmentRow.delete(of: target, by: entry.id, db)
            }
        case .unknown: break
        }
    }

    /// An undone operation has no effect, yet the keys it names are shown, with nothing there.
    func touch(_ entry: LedgerEntry, _ db: Database) throws {
        switch entry.kind {
        case .adjust(let key, _): try touch(key, key.at(.outside), db)
        case .move(let key, let to, _): try touch(key, key.at(to), db)
        case .pick(let key, _, _): try touch(key, key.at(.shipped), db)
        case .count(let key, _): try touch(key, key, db)
        default: break
        }
    }

    /// Whether noting a new standing would change more than the operation's own row.
    func dependsOnStanding(
        _ before: LedgerEntry, _ after: LedgerEntry, _ db: Database
    ) throws -> Bool {
        switch before.kind {
        case .adjust(let key, _):
            try changesSight(of: key, key.at(.outside), before, after, db)
        case .move(let key, let to, _): try changesSight(of: key, key.at(to), before, after, db)
        case .pick(let key, _, _):
            try changesSight(of: key, key.at(.shipped), before, after, db)
        case .count, .serial, .attribute: true
        case .batchAdd, .batchRemove, .undo, .unknown: false
        }
    }

    /// Runs `change`, which may undo the target or do it again, and has the target follow.
    private func amend(_ target: OperationID, _ db: Database, by change: () throws -> Void) throws {
        let before = try AmendmentRow.sum(of: target, db)
        try change()
        let after = try AmendmentRow.sum(of: target, db)
        guard before.isUndone != after.isUndone,
            let row = try OperationRow.one(target, role, db), row.logged.refusal == nil
        else { return }
        let entry = LedgerEntry(row.id, row.logged)
        guard entry.canBeUndone else { return }
        if after.isUndone {
            try leave(entry, isRemoved: after.isRemoved, db)
        } else {
            try enter(entry, isRemoved: after.isRemoved, db)
        }
    }

    private func refreshLine(_ id: OperationID, _ db: Database) throws {
        guard let row = try OperationRow.one(id, role, db), row.logged.refusal == nil,
            case .batchAdd(let line) = row.logged.operation.kind
        else { return }
        let amended = try AmendmentRow.sum(of: id, db)
        if amended == AmendmentRow.Sum() {
            try BatchLineRow.insert(line.batch, row.id, db)
        } else {
            try BatchLineRow.delete(line.batch, row.id, db)
        }
    }
}
