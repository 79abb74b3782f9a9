import Foundation
import LinuxIO
import Testing

/// A socket that the service manager opened: it is there before the daemon and after it.
@Suite struct GivenSocketTests {
    private static let question = Array(
        "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    private static let given = ["LISTEN_FDS": "1", "LISTEN_FDNAMES": "api"]

    @Test func whoConnectsWhileNoDaemonRunsIsAnsweredByTheNext() throws {
        let rig = try Rig()
        try FileManager.default.createDirectory(
            atPath: rig.state, withIntermediateDirectories: true)
        let path = "\(rig.state)/scanstation.sock"
        let listener = try UnixSocket.bound(to: path, type: SOCK_STREAM)
        defer { close(listener) }
        #expect(listen(listener, 16) == 0)

        try rig.startStation(environment: Self.given, listener: listener)
        #expect(try answer(to: try asked(path)).contains("200 OK"))
        #expect(try rig.station?.stop() == .exited(status: 0))
        let waiting = try asked(path)
        try rig.startStation(environment: Self.given, listener: listener)
        #expect(try answer(to: waiting).contains("200 OK"))
        #expect(try rig.control(["status"]).status == 0)
    }

    /// The notes in the environment are for one process.
    @Test func whatWasGivenToAnotherProcessIsNotTaken() throws {
        let rig = try Rig()
        try rig.startStation(environment: ["LISTEN_PID": "1", "LISTEN_FDS": "1"])
        #expect(try rig.control(["status"]).status == 0)
    }

    private func asked(_ path: String) throws -> FileDescriptor {
        let client = try UnixSocket.connected(to: path)
        try client.writeAll(Self.question)
        try client.setNonBlocking()
        return client
    }

    private func answer(to client: FileDescriptor) throws -> String {
        _ = try Poll.wait(readable: [client], timeout: .seconds(10))
        guard case .bytes(let bytes) = try client.read(limit: 4096) else { return "no answer" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
