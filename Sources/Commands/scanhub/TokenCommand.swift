import ArgumentParser
import Hub
import HubStorage

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens for people's programs.",
        subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it, this once: only its hash is kept.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        @Option(help: "What it is for.")
        var name = ""

        func run() async throws {
            let store = try data.store()
            let token = try await store.registry.makeToken(
                tenant: tenant.tenant, name: name, now: WallClock.microseconds())
            try store.close()
            print(output.json ? JSONForm.text(["token": token, "name": name]) : token)
        }
    }
}
