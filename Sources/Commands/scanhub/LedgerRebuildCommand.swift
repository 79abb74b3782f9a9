import Accounts
import ArgumentParser
import CommandKit
import HubStorage

extension LedgerCommand {
    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Work out anew all that follows from the log.",
            discussion: """
                Stock, places of serials, fields, batches and picks are kept beside the log of \
                operations and follow from it. This writes them anew from the log alone, all or \
                nothing, and prints what was otherwise. Stations wait meanwhile.

                Exit code 1 with --check when something was otherwise.
                """)

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions

        @Flag(help: "Compare only; change nothing.")
        var check = false

        func run() async throws {
            let store = try data.existingStore()
            let found = try await store.tenant(tenant.tenant).rebuild(changesNothing: check)
            if !check { try await store.noteShell(.ledgerRebuilt, "", tenant: tenant.tenant) }
            try store.close()
            try Differences(found).tell(mustBeNone: check)
        }
    }
}
