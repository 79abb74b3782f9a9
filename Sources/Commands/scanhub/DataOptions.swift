import ArgumentParser
import CommandKit
import Glibc
import Hub
import HubStorage
import LinuxIO

/// Where the hub's data are, and whose of them are meant.
struct DataOptions: ParsableArguments {
    @Option(help: "The hub's data directory. Default: $STATE_DIRECTORY.")
    var data: String?

    func store() throws -> HubStore {
        try HubStore(directory: try directory())
    }

    /// For a command that only asks: a hub that is not there is a mistyped --data.
    func existingStore() throws -> HubStore {
        let path = try directory()
        guard access(path + "/hub.sqlite", F_OK) == 0 else {
            throw CommandFailure(
                message: "there is no hub in \(path): scanhub serve makes one [data-directory]")
        }
        return try HubStore(directory: path)
    }

    /// For the one process that serves; others may work beside it.
    func serveLock() throws -> FileLock {
        let path = try directory()
        do throws(FileLock.Failure) {
            return try FileLock(path + "/serve.lock")
        } catch {
            switch error {
            case .held(let holder):
                throw CommandFailure(
                    message: "\(path) is served by process \(holder ?? "unknown") already: "
                        + "stop that one, or name another --data [store-in-use]")
            case .open(let error): throw CommandFailure(message: "\(error) [data-directory]")
            }
        }
    }

    /// The key that stations know this hub by, made when it is first needed.
    func identity() throws -> HubIdentity {
        let path = try directory()
        do {
            return try HubIdentity(in: path)
        } catch {
            throw CommandFailure(message: "\(error)")
        }
    }

    /// nil: this hub has never spoken TLS.
    func pin() throws -> String? {
        let path = try directory()
        do {
            return try HubIdentity.pin(in: path)
        } catch {
            throw CommandFailure(message: "\(error)")
        }
    }

    private func directory() throws -> String {
        let path = data ?? getenv("STATE_DIRECTORY").map { String(cString: $0) }
        guard let path else { throw ValidationError("--data DIR is missing") }
        guard access(path, F_OK) != 0 || access(path, R_OK | W_OK | X_OK) == 0 else {
            throw CommandFailure(
                status: .noPermission, message: "\(path): this user may not read and write it")
        }
        return path
    }
}

struct TenantOptions: ParsableArguments {
    @Option(help: "Whose stations and stock: small letters, digits and '-'.")
    var tenant = "main"
}

struct OutputOptions: ParsableArguments {
    @Flag(help: "One JSON object a line, for programs.")
    var json = false
}
