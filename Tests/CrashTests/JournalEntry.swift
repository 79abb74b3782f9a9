import CCrashVFS

/// One thing that SQLite asked of its files.
struct JournalEntry: Sendable {
    enum Kind: Sendable {
        case write([UInt8])
        case truncate, sync, create
        case delete(isSynced: Bool)
    }

    var kind: Kind
    var name: String
    /// Of a truncation: the new length.
    var offset: Int

    init(_ entry: crashvfs_entry) {
        name = String(cString: entry.name)
        offset = Int(entry.offset)
        kind =
            switch entry.kind {
            case CRASHVFS_TRUNCATE: .truncate
            case CRASHVFS_SYNC: .sync
            case CRASHVFS_CREATE: .create
            case CRASHVFS_DELETE: .delete(isSynced: entry.offset != 0)
            default:
                .write(Array(UnsafeBufferPointer(start: entry.bytes, count: entry.length)))
            }
    }

    /// Whether it adds to what a power cut may take away.
    var isPending: Bool {
        switch kind {
        case .write, .truncate, .create: true
        case .sync, .delete: false
        }
    }

    var isCreation: Bool { if case .create = kind { true } else { false } }
    var isDeletion: Bool { if case .delete = kind { true } else { false } }

    func apply(to bytes: inout [UInt8]?) {
        apply(to: &bytes) { _, _ in true }
    }

    /// Applies those sectors of a write that `keeps` says; anything else whole or not at all.
    func apply(to bytes: inout [UInt8]?, keeps: (Int, Int) -> Bool) {
        switch kind {
        case .write(let data): write(data, to: &bytes, keeps)
        case .truncate where keeps(0, 1): bytes = Array((bytes ?? []).prefix(offset))
        case .create where keeps(0, 1): bytes = bytes ?? []
        case .delete where keeps(0, 1): bytes = nil
        case .truncate, .create, .delete, .sync: break
        }
    }

    private static let sectorBytes = 512

    private func write(_ data: [UInt8], to bytes: inout [UInt8]?, _ keeps: (Int, Int) -> Bool) {
        var result = bytes ?? []
        bytes = nil
        let end = offset + data.count
        let sectors = (offset / Self.sectorBytes)...((end - 1) / Self.sectorBytes)
        for sector in sectors where keeps(sector - sectors.lowerBound, sectors.count) {
            let start = max(offset, sector * Self.sectorBytes)
            let stop = min(end, (sector + 1) * Self.sectorBytes)
            if result.count < stop {
                result += [UInt8](repeating: 0, count: stop - result.count)
            }
            result.replaceSubrange(start..<stop, with: data[(start - offset)..<(stop - offset)])
        }
        bytes = result
    }
}
