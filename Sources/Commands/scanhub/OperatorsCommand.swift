import ArgumentParser
import CommandKit
import Hub
import HubStorage
import OperatorGrants

/// Who may work at a tenant's stations.
struct OperatorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operators", abstract: "Who may work at the stations.",
        discussion: """
            Stations hear of a change when they next reach the hub, and let operators in without \
            it until their grants end: docs/operators.md.
            """,
        subcommands: [List.self, Add.self, ChangePIN.self, Revoke.self],
        defaultSubcommand: List.self
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the operators.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try data.existingStore()
            let reports = try await store.registry.operators(of: tenant.tenant)
                .map { OperatorReport($0) }
            try store.close()
            guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
            guard !reports.isEmpty else {
                return print("there is no operator: scanhub operators add NAME --pin-from-stdin")
            }
            var table = TextTable([
                ("NAME", .left), ("ROLE", .left), ("BADGES", .left), ("DAYS", .right),
                ("SINCE", .left), ("REVOKED", .left),
            ])
            for report in reports {
                table.add([
                    report.name, report.role, report.badges.joined(separator: " "),
                    "\(report.days)", report.created, report.revoked ?? "",
                ])
            }
            for line in table.lines { print(line) }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let an operator in no more.",
            discussion: """
                A station that can't reach the hub lets them in until their grant ends. \
                `add` with the same name lets them in again, with a new PIN.
                """)

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions

        @Argument(help: "Who.") var name: String

        func run() async throws {
            let store = try data.existingStore()
            try await store.registry.revokeOperator(
                name, tenant: tenant.tenant, by: .shell, now: WallClock.microseconds())
            try store.close()
        }
    }
}

extension OperatorsCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an operator.",
            discussion: """
                The PIN is one line of standard input, so that it stands in no list of processes \
                and no history:
                  read -rs PIN && echo "$PIN" | scanhub operators add ada --pin-from-stdin
                """)

        @Argument(help: "What people call them; it stands in what they do.") var name: String
        @Option(help: "What they may do at stations.") var role = RoleArgument(role: .operator)
        @Option(
            name: .customLong("badge"),
            help: """
                dna:UID, an NTAG 424 DNA that proves its key; uid:UID, any tag; code:TEXT, a \
                printed barcode. Can be given several times.
                """)
        var badges: [BadgeArgument] = []
        @Option(help: "How long a station that hears nothing of the hub lets them in.")
        var days = OperatorRecord.standardDays
        @OptionGroup var pin: PINOptions
        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions

        func validate() throws {
            guard OperatorRecord.daysLimits.contains(days) else {
                throw ValidationError("--days is between 1 and 365")
            }
            guard badges.count <= OperatorGrant.badgesLimit else {
                throw ValidationError("an operator has at most \(OperatorGrant.badgesLimit) badges")
            }
        }

        func run() async throws {
            let record = OperatorRecord(
                tenant: tenant.tenant, name: try OperatorName.checked(name), role: role.role,
                pin: try pin.hash(), badges: badges.map { $0.badge.mark(tenant: tenant.tenant) },
                days: days, created: WallClock.microseconds())
            let store = try data.store()
            try await store.registry.addOperator(record, by: .shell)
            try store.close()
        }
    }

    struct ChangePIN: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pin", abstract: "Give an operator another PIN.")

        @Argument(help: "Who.") var name: String
        @OptionGroup var pin: PINOptions
        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions

        func run() async throws {
            let hash = try pin.hash()
            let store = try data.existingStore()
            try await store.registry.setPIN(
                hash, of: name, tenant: tenant.tenant, by: .shell, now: WallClock.microseconds())
            try store.close()
        }
    }
}
