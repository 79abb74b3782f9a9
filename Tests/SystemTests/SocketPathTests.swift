import Foundation
import LinuxIO
import Testing

/// A state folder whose socket has too long a path is refused in words, and one at the limit works.
@Suite struct SocketPathTests {
    static let limit = 103

    @Test(arguments: [(limit, true), (limit + 1, false)])
    func thePathIsLimited(length: Int, isTaken: Bool) throws {
        let rig = try Rig()
        let root = "/tmp/" + UUID().uuidString.prefix(8)
        defer { try? FileManager.default.removeItem(atPath: root) }  // Only a temporary folder.
        let rest = length - root.utf8.count - "//scanstation.sock".utf8.count
        let state = root + "/" + String(repeating: "x", count: rest)
        if isTaken {
            try rig.startStation(state: state)
            #expect(try rig.station?.stop() == .exited(status: 0))
        } else {
            let result = try Programs.run("scanstationd", ["--state", state])
            #expect(result.status == 1)
            #expect(result.errors.contains("[socket-path-too-long]"), "\(result.errors)")
        }
    }
}
