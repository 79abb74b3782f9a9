import Accounts
import ArgumentParser
import CommandKit
import Hub
import HubStorage

/// Who may log in at the hub's console.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Who may log in at the hub's console, and as what.",
        discussion: """
            scanhub user add ada --role supervisor --data ./hub     prints a one-time code
            scanhub user passwd ada --data ./hub                    the same, for who forgot theirs
            scanhub user list --data ./hub

            With the code they choose a password, at /password of the hub. What is changed here \
            holds from the next request on.
            """,
        subcommands: [
            List.self, Add.self, ChangePassword.self, Disable.self, Enable.self, ChangeRole.self,
            DropSecondFactor.self, Sessions.self,
        ], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the users.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try data.existingStore()
            let reports = try await store.registry.users(of: tenant.tenant).map { UserReport($0) }
            try store.close()
            guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
            guard !reports.isEmpty else {
                return print("there is no user: scanhub user add NAME --role admin")
            }
            var table = TextTable([
                ("NAME", .left), ("ROLE", .left), ("STATE", .left), ("SECOND FACTOR", .left),
                ("LAST LOGIN", .left),
            ])
            for report in reports {
                table.add([
                    report.name, report.role, report.state, report.secondFactor ? "on" : "",
                    report.lastLogin ?? "",
                ])
            }
            for line in table.lines { print(line) }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a user, and print the one-time code for their password.")

        @OptionGroup var named: NamedUser
        @Option(help: "What they may do.") var role = UserRoleArgument(role: .viewer)
        @OptionGroup var password: PasswordOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let name = try named.userName()
            let chosen = try password.chosen(for: name)
            let code = try await named.with { registry, name, now -> String? in
                guard let chosen else {
                    return try await registry.addUser(name, role: role.role, by: .shell, now: now)
                }
                try await registry.addUser(
                    name, role: role.role, password: chosen, by: .shell, now: now)
                return nil
            }
            if let code { show(code, name, output) }
        }
    }

    struct ChangePassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "passwd",
            abstract: "Print a one-time code for another password, or set one.",
            discussion: "A password that is set here ends all of their sessions.")

        @OptionGroup var named: NamedUser
        @OptionGroup var password: PasswordOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let name = try named.userName()
            let chosen = try password.chosen(for: name)
            let code = try await named.with { registry, name, now -> String? in
                guard let chosen else {
                    return try await registry.makeResetCode(for: name, by: .shell, now: now)
                }
                try await registry.setPassword(chosen, of: name, by: .shell, now: now)
                return nil
            }
            if let code { show(code, name, output) }
        }
    }
}

private func show(_ code: String, _ name: UserName, _ output: OutputOptions) {
    print(output.json ? JSONForm.text(["code": code, "name": name.description]) : code)
}

extension UserCommand {
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a user in no more, and end their sessions.")

        @OptionGroup var named: NamedUser

        func run() async throws {
            try await named.with { try await $0.disableUser($1, by: .shell, now: $2) }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a user in again who was disabled.")

        @OptionGroup var named: NamedUser

        func run() async throws {
            try await named.with { try await $0.enableUser($1, by: .shell, now: $2) }
        }
    }

    struct ChangeRole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Give a user another role.")

        @OptionGroup var named: NamedUser
        @Argument(help: "What they may do.") var role: UserRoleArgument

        func run() async throws {
            try await named.with { try await $0.setRole(role.role, of: $1, by: .shell, now: $2) }
        }
    }

    struct DropSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the second factor away from who lost their telephone.")

        @OptionGroup var named: NamedUser

        func run() async throws {
            try await named.with { try await $0.dropSecondFactor(of: $1, by: .shell, now: $2) }
        }
    }

    struct Sessions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List where a user is logged in, or end that.")

        @OptionGroup var named: NamedUser
        @Option(help: "End this one.") var end: String?
        @Flag(help: "End all of them.") var endAll = false
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let sessions = try await named.with { registry, name, now in
                if let end {
                    try await registry.endSession(end, of: name, by: .shell, now: now)
                } else if endAll {
                    try await registry.endSessions(of: name, by: .shell, now: now)
                }
                return try await registry.sessions(of: name, rules: .init(), now: now)
            }
            let reports = sessions.map { SessionReport($0) }
            guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
            var table = TextTable([
                ("SESSION", .left), ("SINCE", .left), ("USED", .left), ("FROM", .left),
                ("BROWSER", .left),
            ])
            for report in reports {
                table.add([report.id, report.since, report.used, report.address, report.browser])
            }
            for line in table.lines { print(line) }
        }
    }
}
