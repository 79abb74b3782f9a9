import Accounts
import CommandKit
import Hub
import HubStorage

extension Author {
    /// Whoever works at this shell.
    static var shell: Author { Author(name: "shell:" + ShellUser.name) }
}

extension HubStore {
    /// Adds to the log what was done by a command.
    func noteShell(_ kind: Activity.Kind, _ detail: String, tenant: String) async throws {
        try await registry.note(
            kind, detail, tenant: tenant, by: .shell, now: WallClock.microseconds())
    }
}
