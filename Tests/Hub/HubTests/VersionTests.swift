import SyncProtocol
import Testing

@testable import Hub

@Suite struct VersionTests {
    static let types: [(name: String, status: Int, code: String)] = [
        ("application/vnd.scanstation.v0+protobuf", 426, "upgrade-needed"),
        ("application/vnd.scanstation.v2+protobuf", 415, "media-type"),
        ("application/vnd.scanstation.vx+json", 415, "media-type"),
        ("text/plain", 415, "media-type"),
    ]

    /// Whoever is too old is told so, and whoever is too new may have patience with the hub.
    @Test(arguments: types)
    func aFormThatIsNotSpokenIsRefused(name: String, status: Int, code: String) async throws {
        try await withHub { hub in
            let station = try await hub.station()
            let answer = try await station.signed(
                "POST", "/v1/hello", body: Array("{}".utf8), type: name)
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }
}
