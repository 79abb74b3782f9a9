import Accounts
import ArgumentParser
import HubStorage

struct RestoredCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restored", abstract: "Say that the data were put back from a backup.",
        discussion: """
            To be run once, before the hub serves again. Stations then send again what the \
            backup lacks, and read all that it holds. Without it a station may miss in its own \
            view what others did meanwhile.
            """)

    @OptionGroup var data: DataOptions

    func run() async throws {
        let store = try data.existingStore()
        let lock = try data.serveLock()
        try store.registry.renewGeneration()
        try await store.noteShell(.restored, "", tenant: UserName.firstTenant)
        try store.close()
        withExtendedLifetime(lock) {
            print("Stations will send again what this backup lacks. Now start scanhub serve.")
        }
    }
}
