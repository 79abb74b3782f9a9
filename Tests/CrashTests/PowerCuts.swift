import CCrashVFS
import Foundation
import ScanTesting
import Synchronization

/// A store that lived through a script, and the power cut at every moment of it.
struct PowerCuts: Sendable {
    /// One moment at which the power went.
    struct Moment: Sendable {
        /// Entries of the journal before it.
        var number: Int
        var cut: PowerCut
    }

    struct Outcome: Sendable {
        var moments = 0
        var disks = 0
        var faults: [String] = []
    }

    /// Below it databases live in memory; locks and folders, which SQLite knows nothing of, on
    /// the disk.
    private static let root = FileManager.default.temporaryDirectory.path + "/scanstation-crash-"
    private static let isInstalled = crashvfs_install(root) == 0
    private static let workers = 2

    let folder: String
    private let journal: [JournalEntry]

    /// Runs `script` in a folder of its own, with every write of it noted.
    init(_ script: (String) async throws -> Void) async throws {
        guard PowerCuts.isInstalled else { throw CocoaError(.featureUnsupported) }
        folder = PowerCuts.root + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        crashvfs_record(folder)
        try await script(folder)
        journal = (0..<crashvfs_count()).map { JournalEntry(crashvfs_at($0)) }
        crashvfs_record("/nowhere")
    }

    /// How much of the journal is written by now: what was promised before is durable after.
    static var now: Int { crashvfs_count() }

    func remove() throws {
        crashvfs_forget(folder)
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Cuts the power at every write and every sync from `start` on, in the ways of `cuts`, and has
    /// `check` look at what is left in a folder. Some moments side by side.
    func check(
        from start: Int, _ cuts: [PowerCut] = PowerCut.allCases,
        _ check: @Sendable @escaping (Moment, String) async throws -> [String]
    ) async -> Outcome {
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for worker in 0..<Self.workers {
                group.addTask { await share(worker, from: start, cuts, check) }
            }
            return await group.reduce(into: [Outcome]()) { $0.append($1) }
        }
        return outcomes.reduce(into: Outcome(moments: max(0, journal.count - start))) {
            $0.disks += $1.disks
            $0.faults += $1.faults
        }
    }

    /// Every so many-th disk. From one sync to the next what a drop leaves is the same, so it is
    /// looked at when the first has returned and when the next is under way.
    private func share(
        _ worker: Int, from start: Int, _ cuts: [PowerCut],
        _ check: @Sendable (Moment, String) async throws -> [String]
    ) async -> Outcome {
        var (disk, outcome, dropped, turn) = (Disk(), Outcome(), -1, 0)
        for (number, entry) in journal.enumerated() {
            if number >= start {
                for cut in cuts
                where cut != .drop || dropped != disk.version || !entry.isPending {
                    if cut == .drop { dropped = disk.version }
                    turn += 1
                    guard turn % Self.workers == worker else { continue }
                    outcome.disks += 1
                    var random = SplitMix64(seed: UInt64(turn))
                    outcome.faults += await look(
                        Moment(number: number, cut: cut),
                        disk.files(after: cut, during: entry, &random), check)
                }
            }
            disk.take(entry)
        }
        return outcome
    }

    private func look(
        _ moment: Moment, _ files: [String: [UInt8]],
        _ check: (Moment, String) async throws -> [String]
    ) async -> [String] {
        let place = "\(folder)-\(moment.number)-\(moment.cut)"
        do {
            try FileManager.default.createDirectory(
                atPath: place, withIntermediateDirectories: true)
            for (name, bytes) in files {
                _ = crashvfs_put(place + name.dropFirst(folder.count), bytes, bytes.count)
            }
            let faults = try await check(moment, place)
            crashvfs_forget(place)
            try FileManager.default.removeItem(atPath: place)
            return faults.map { "\(moment.cut) at \(moment.number): \($0)" }
        } catch {
            return ["\(moment.cut) at \(moment.number): stopped: \(error)"]
        }
    }
}
