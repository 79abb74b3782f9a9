import ScanTesting

/// What a disk has, and what it was only told, at one moment of the journal.
struct Disk: Sendable {
    private struct Content {
        /// nil: no file.
        var durable: [UInt8]?
        var pending: [JournalEntry] = []

        var isNew: Bool { pending.contains(where: \.isCreation) }
    }

    private var files: [String: Content] = [:]
    /// Grows whenever something becomes durable.
    private(set) var version = 0

    mutating func take(_ entry: JournalEntry) {
        var content = files.removeValue(forKey: entry.name) ?? Content()
        switch entry.kind {
        case .sync:
            if content.isNew, !entry.name.hasSuffix(".db"), !entry.name.hasSuffix(".sqlite") {
                syncFolder()
            }
            for pending in content.pending { pending.apply(to: &content.durable) }
            content.pending = []
            version += 1
        case .delete(isSynced: true):
            content = Content()
            version += 1
        default: content.pending.append(entry)
        }
        files[entry.name] = content
    }

    /// SQLite on Linux syncs the folder with the first sync of a new journal or log, and so what
    /// else was deleted there.
    private mutating func syncFolder() {
        for (name, content) in files {
            guard let last = content.pending.lastIndex(where: \.isDeletion) else { continue }
            files[name] = Content(
                durable: nil, pending: Array(content.pending[(last + 1)...]))
        }
    }

    /// The files as they are found after the power was cut while `last` was under way.
    func files(
        after cut: PowerCut, during last: JournalEntry, _ random: inout SplitMix64
    ) -> [String: [UInt8]] {
        var disk = self
        if last.isPending { disk.take(last) }
        var result: [String: [UInt8]] = [:]
        for (name, content) in disk.files.sorted(by: { $0.key < $1.key }) {
            var bytes = content.durable
            for (index, pending) in content.pending.enumerated() {
                let isLast = name == last.name && index == content.pending.count - 1
                switch cut {
                case .drop: break
                case .tear where !isLast: pending.apply(to: &bytes)
                case .tear:
                    pending.apply(to: &bytes) { $0 < random.below($1 + 1) }
                case .scatter: pending.apply(to: &bytes) { _, _ in random.chance(50) }
                }
            }
            result[name] = bytes
        }
        return result
    }
}

/// How a power cut treats what was not synced yet.
enum PowerCut: CaseIterable, Sendable {
    /// Nothing of it is there.
    case drop
    /// All of it is there but for the end of the last write.
    case tear
    /// Some sectors of some of it are there.
    case scatter
}
