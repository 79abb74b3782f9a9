import ArgumentParser
import CommandKit
import LocalAPI

/// The person's and the script's way into a station.
@main
struct ScanStationCtl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstationctl",
        abstract: "Watch and work a scan station.",
        discussion: """
            A first scan in two steps:
              scanstationctl identify      then scan anything, and say yes
              scanstationctl tail          shows every scan as it comes

            With --json each line is one JSON object. Exit codes: 0 ok, 1 failed, 2 usage, \
            3 the daemon is not running, 4 no permission, 5 no device, 6 offline or not all sent, \
            7 a warning of doctor's.

            Completions: scanstationctl --generate-completion-script bash
            """,
        version: ProgramVersion.text,
        subcommands: [
            StatusCommand.self, DevicesCommand.self, IdentifyCommand.self, TailCommand.self,
            OutboxCommand.self, BatchesCommand.self, BatchCommand.self, ConflictsCommand.self,
            LookUpCommand.self,
            SearchCommand.self, TeachCommand.self,
            ScanCommand.self, SayCommand.self, ConsumersCommand.self, EnrolCommand.self,
            KeyCommand.self,
            SyncCommand.self, PickCommand.self, TokensCommand.self,
            DecodeCommand.self, NFCCommand.self, VoiceCommand.self,
            RulesCommand.self, SheetCommand.self, ConfigCommand.self,
            ExportCommand.self, ImportCommand.self,
            DoctorCommand.self, SupportBundleCommand.self,
        ])

    static func main() async {
        await runToEnd()
    }
}
