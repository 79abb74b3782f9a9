import ArgumentParser
import LocalAPI

/// Tokens for programs of other machines.
struct TokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens", abstract: "Tokens for programs of other machines.",
        discussion: """
            A program sends one as `Authorization: Bearer TOKEN` to the address that \
            `[api] network-host` opens: docs/operators.md.
            """,
        subcommands: [List.self, Add.self, Revoke.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tokens.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let client = try station.client()
            let list = try await client.get("/tokens", as: TokenList.self)
            output.show(each: list.tokens) { tokens in
                guard !tokens.isEmpty else {
                    return "There is no token: scanstationctl tokens add NAME"
                }
                var table = Table("NAME", "ROLE", "MADE", "GOOD UNTIL")
                for token in tokens {
                    table.add(
                        .init(token.name), .init(token.role),
                        .init(Clock.dayAndTime(token.created)),
                        .init(Clock.dayAndTime(token.expires)))
                }
                return table.text
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it, this once: only its hash is kept.")

        @Argument(help: "What it is for.") var name: String
        @Option(help: "viewer, operator or supervisor.") var role = "viewer"
        @Option(help: "How long it is good.") var days = TokenRequest.standardDays
        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard TokenRequest.daysLimits.contains(days) else {
                throw ValidationError("--days is between 1 and 3650")
            }
        }

        func run() async throws {
            let client = try station.client()
            let token = try await client.post(
                "/tokens", TokenRequest(name: name, role: role, days: days),
                as: TokenReport.self)
            output.show(token) { $0.token ?? "" }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a token worth nothing.")

        @Argument(help: "Which.") var name: String
        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let client = try station.client()
            let list = try await client.post(
                "/tokens/\(name.urlPart)/revoke", EmptyRequest(), as: TokenList.self)
            output.show(list) { _ in "" }
        }
    }
}
