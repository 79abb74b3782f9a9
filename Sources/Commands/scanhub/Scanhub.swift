import Accounts
import ArgumentParser
import BundleFormat
import CatalogueStore
import CommandKit
import HubStorage
import LedgerStore
import OperatorGrants
import Sheets
import Sinks

/// The central inventory server, and its administration.
@main
struct Scanhub: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanhub",
        abstract: "The central inventory server of scan stations, and its administration.",
        discussion: """
            A first hub in three steps:
              scanhub serve --data ./hub
              scanhub enrol-code --data ./hub      (scan or type it at a station)
              scanhub watch --data ./hub           (scans, as they arrive)

            Exit codes: 0 ok, 1 failed, 2 usage, 3 not running, 4 no permission.
            """,
        version: ProgramVersion.text,
        subcommands: [
            ServeCommand.self, EnrolCodeCommand.self, TokenCommand.self, StationsCommand.self,
            RevokeCommand.self,
            StockCommand.self, ExplainCommand.self, WatchCommand.self, LedgerCommand.self,
            RestoredCommand.self, ConflictsCommand.self, QuarantineCommand.self,
            ImportCommand.self, CatalogueCommand.self, EPCISCommand.self, OperatorsCommand.self,
            SinksCommand.self, UserCommand.self, AuditCommand.self,
        ])

    static func main() async {
        await runToEnd { error in
            switch error {
            case let error as HubError: CommandFailure(code: error.code, message: "\(error)")
            case let error as AccountError: CommandFailure(code: error.code, message: "\(error)")
            case let error as ConflictError: CommandFailure(code: error.code, message: "\(error)")
            case let error as CatalogueError:
                CommandFailure(code: error.code, message: "\(error)")
            case let error as GrantError: CommandFailure(code: error.code, message: "\(error)")
            case let error as SheetError: CommandFailure(code: error.code, message: "\(error)")
            case let error as SinkError: CommandFailure(code: error.code, message: "\(error)")
            case let error as SinkSetupError: CommandFailure(code: error.code, message: "\(error)")
            case let error as BundleError: CommandFailure(code: error.code, message: "\(error)")
            default: nil
            }
        }
    }
}
