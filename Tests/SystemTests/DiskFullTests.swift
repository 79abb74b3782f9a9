import Foundation
import LinuxIO
import ScanTesting
import Testing

/// A full disk is told with the error signal, and nothing that was accepted is lost.
@Suite struct DiskFullTests {
    static let isRoot = getuid() == 0

    @Test(
        .enabled(if: isRoot, "mounting a small file system needs root"), .timeLimit(.minutes(2)))
    func refusesAloudAndGoesOnWhenThereIsRoom() throws {
        let rig = try Rig()
        let disk = try SmallDisk(at: "\(rig.folder)/disk", megabytes: 4)
        let scanner = try PlayedScanner(link: "\(rig.folder)/scanner")
        try rig.startStation(scanner.configuration("gun"), state: disk.path)

        try scanner.fill(until: { !scanner.refused.isEmpty }, prefix: "A")
        let acceptedBefore = scanner.accepted
        #expect(!acceptedBefore.isEmpty)
        let events = try rig.stored(in: disk.path)
        #expect(Set(acceptedBefore).subtracting(events) == [])
        #expect(rig.stationLog.contains("disk-full"))

        try disk.grow(to: 32)
        try scanner.fill(until: { scanner.accepted.count > acceptedBefore.count }, prefix: "B")
        #expect(Set(scanner.accepted).subtracting(try rig.stored(in: disk.path)) == [])
        #expect(Set(scanner.refused).isDisjoint(with: try rig.stored(in: disk.path)))

        rig.killStation()
        try scanner.replug()
        try rig.startStation(scanner.configuration("gun"), state: disk.path)
        #expect(Set(scanner.accepted).subtracting(try rig.stored(in: disk.path)) == [])
        #expect(try rig.station?.stop() == .exited(status: 0))
    }
}

extension PlayedScanner {
    /// Sends codes one by one until `isEnough`, ten thousand at most.
    fileprivate func fill(until isEnough: () -> Bool, prefix: String) throws {
        for number in 0..<10_000 where !isEnough() {
            try send({ "\(prefix)-\(number)" }, until: SystemTime.monotonic + .seconds(10))
            try waitForAnswers(within: .seconds(10))
        }
        guard isEnough() else { throw Unexpected("ten thousand codes were not enough") }
    }
}

extension Rig {
    /// The codes of the station's stored scans that were taken.
    fileprivate func stored(in state: String) throws -> Set<String> {
        let result = try Programs.run(
            "scanstationctl",
            ["tail", "--since", "0", "--no-follow", "--json", "--state", state])
        let events = try result.lines.map { try json($0) }
        return Set(
            events.compactMap { $0["signal"] as? String == "error" ? nil : $0["text"] as? String })
    }
}

/// A file system of a few megabytes in memory.
private final class SmallDisk {
    let path: String

    init(at path: String, megabytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.mount(["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path])
    }

    func grow(to megabytes: Int) throws {
        try Self.mount(["-o", "remount,size=\(megabytes)m", path])
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
    }

    private static func mount(_ arguments: [String]) throws {
        let process = try Process.run(URL(filePath: "/bin/mount"), arguments: arguments)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Unexpected("mount \(arguments)") }
    }
}
