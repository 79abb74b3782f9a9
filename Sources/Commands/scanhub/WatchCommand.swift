import Accounts
import ArgumentParser
import CurlHTTP
import Glibc
import Hub
import HubStorage

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Show operations as they arrive at the hub.",
        discussion: """
            Beside the hub, --data is enough: a token for twelve hours is made there.
            From elsewhere: SCANHUB_TOKEN=... scanhub watch --hub https://hub.example
            Ctrl-C ends it. When the hub goes away it is waited for. Times are UTC.
            """)

    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The hub's data directory. Default: $STATE_DIRECTORY.")
    var data: String?
    @Option(help: "The hub's address.")
    var hub = "http://127.0.0.1:8480"
    @Option(help: "The only key that the hub may have, sha256//... Default: that of --data.")
    var pin: String?
    @Option(help: "Begin after this position of the feed; 0 shows everything. Default: now.")
    var after: UInt64?

    private static let tokenMinutes = 12 * 60

    func run() async throws {
        let watch = HubWatch(
            hubURL: hub.hasSuffix("/") ? String(hub.dropLast()) : hub, token: try await token(),
            pin: try keyPin(), isJSON: output.json)
        try await watch.run(after: after)
    }

    /// nil: the system's authorities vouch for the hub, or the way is plain HTTP.
    private func keyPin() throws -> KeyPin? {
        if let pin {
            guard let known = KeyPin(pin) else {
                throw ValidationError("--pin '\(pin)' is none: it begins with sha256//")
            }
            return known
        }
        guard hub.hasPrefix("https://"), data != nil else { return nil }
        var options = DataOptions()
        options.data = data
        return try options.pin().flatMap { KeyPin($0) }
    }

    private func token() async throws -> String {
        if let token = getenv("SCANHUB_TOKEN") { return String(cString: token) }
        var options = DataOptions()
        options.data = data
        let store = try options.existingStore()
        let token = try await store.registry.makeToken(
            tenant: tenant.tenant, name: "watch", role: .viewer,
            minutes: Self.tokenMinutes, by: .shell, now: WallClock.microseconds())
        try store.close()
        return token
    }
}
