import LocalAPI

/// Judges what was gathered. Pure: the same facts are always judged alike.
public struct Examination: Sendable {
    static let daemon = "daemon"
    static let disk = "disk"
    static let store = "store"

    static let fullBytes: UInt64 = 16 << 20
    static let lowBytes: UInt64 = 256 << 20
    static let lowInodes: UInt64 = 1000

    let facts: CheckupFacts
    var machine: MachineFacts { facts.machine }

    public init(_ facts: CheckupFacts) {
        self.facts = facts
    }

    public var findings: [Finding] {
        daemon + volume + store + devices + interferences + udev + clock + hub + outbox
            + programs + microphone
    }

    func devices(of drivers: String...) -> [CheckupFacts.Device] {
        facts.devices.filter { drivers.contains($0.driver) }
    }

    var status: StatusReport? {
        if case .answers(let status, _) = facts.station { status } else { nil }
    }

    private var daemon: [Finding] {
        switch facts.station {
        case .answers(let status, _) where status.version != Version.text:
            [
                Finding(
                    .warning, Self.daemon, .versionDiffers,
                    "scanstationd \(status.version) runs, and \(Version.text) is installed.",
                    fix: "sudo systemctl restart scanstationd")
            ]
        case .answers(let status, _):
            [
                .ok(
                    Self.daemon,
                    "scanstationd \(status.version) runs as process \(status.processID).")
            ]
        case .silent(isForbidden: true, let socket):
            [
                Finding(
                    .fault, Self.daemon, .noPermission,
                    "You may not use \(socket): it is for the group of the daemon.",
                    fix: "sudo usermod -aG scanstation $USER && newgrp scanstation")
            ]
        case .silent(isForbidden: false, let socket):
            [
                Finding(
                    .fault, Self.daemon, .notRunning,
                    "scanstationd does not answer at \(socket).",
                    fix: "sudo systemctl restart scanstationd")
            ]
        }
    }

    private var volume: [Finding] {
        guard let volume = facts.volume else { return [] }
        let megabytes = volume.freeBytes >> 20
        let fix = "sudo du -xh --threshold=100M / | sort -h"
        if volume.freeBytes < Self.lowBytes {
            let isFull = volume.freeBytes < Self.fullBytes
            return [
                Finding(
                    isFull ? .fault : .warning, Self.disk, isFull ? .diskFull : .diskLow,
                    "\(megabytes) MiB are free where \(facts.stateDirectory) lies.", fix: fix)
            ]
        }
        if volume.inodes > 0, volume.freeInodes < Self.lowInodes {
            return [
                Finding(
                    .warning, Self.disk, .inodesLow,
                    "Only \(volume.freeInodes) files can still be made where "
                        + "\(facts.stateDirectory) lies.",
                    fix: "sudo du -x --inodes / | sort -n | tail")
            ]
        }
        return [.ok(Self.disk, "\(megabytes) MiB are free.")]
    }

    private var store: [Finding] {
        guard case .answers(_, let store) = facts.station else {
            return [
                Finding(
                    .note, Self.store, .storeUnchecked,
                    "The store is checked by the daemon, which does not answer.",
                    fix: "scanstationd ledger --check --state \(facts.stateDirectory)")
            ]
        }
        guard let damage = store.damage else {
            return [.ok(Self.store, "The store is sound: \(store.bytes >> 10) KiB.")]
        }
        return [
            Finding(
                .fault, Self.store, .storeDamaged, "The store is damaged: \(damage).",
                fix: "sudo systemctl stop scanstationd && sudo cp -a \(facts.stateDirectory) "
                    + "\(facts.stateDirectory).damaged")
        ]
    }
}
