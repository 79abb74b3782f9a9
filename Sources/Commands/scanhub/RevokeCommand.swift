import ArgumentParser
import Hub
import HubStorage
import Replication

struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Listen to a station no more.",
        discussion: """
            It can go on scanning and keeps what it scans. A new code lets it in again, with all \
            that it kept: scanhub enrol-code --station STATION, for another machine as well.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    @Argument(help: "Its name: st-...")
    var station: String

    func run() async throws {
        let store = try data.existingStore()
        try await store.registry.revoke(
            StationCode(station), tenant: tenant.tenant, by: .shell, now: WallClock.microseconds())
        try store.close()
    }
}
