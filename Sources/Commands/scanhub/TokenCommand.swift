import Accounts
import ArgumentParser
import CommandKit
import Hub
import HubStorage

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens for people's programs.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        private static let dayMinutes = 24 * 60

        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it, this once: only its hash is kept.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        @Option(help: "What it is for.")
        var name = ""
        @Option(help: "What it may do.")
        var role = UserRoleArgument(role: .admin)
        @Option(help: "How long it is good. Default: until it is revoked.")
        var days: Int?

        func validate() throws {
            guard days.map({ (1...3650).contains($0) }) ?? true else {
                throw ValidationError("--days is between 1 and 3650")
            }
        }

        func run() async throws {
            let store = try data.store()
            let token = try await store.registry.makeToken(
                tenant: tenant.tenant, name: name, role: role.role,
                minutes: days.map { $0 * Self.dayMinutes }, by: .shell,
                now: WallClock.microseconds())
            try store.close()
            print(output.json ? JSONForm.text(["token": token, "name": name]) : token)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tokens there are.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let reports = try await data.withStore {
                try await $0.registry.tokens(of: tenant.tenant, now: WallClock.microseconds())
            }.map { TokenReport($0) }
            guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
            guard !reports.isEmpty else { return print("There is no token.") }
            var table = TextTable([
                ("TOKEN", .left), ("FOR", .left), ("ROLE", .left), ("MADE", .left),
                ("ENDS", .left),
            ])
            for report in reports {
                table.add([
                    report.id, report.name, report.role, report.created, report.expires ?? "",
                ])
            }
            for line in table.lines { print(line) }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token worth nothing, from the next request on.")

        @Argument(help: "The token, as it is listed.") var id: String
        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions

        func run() async throws {
            try await data.withStore {
                try await $0.registry.revokeToken(
                    id, tenant: tenant.tenant, by: .shell, now: WallClock.microseconds())
            }
        }
    }
}
