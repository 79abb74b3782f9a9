import ArgumentParser
import CommandKit
import LocalAPI
import StationStorage

extension ScanStationD {
    struct Ledger: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Work out anew all that follows from the log of operations.",
            discussion: """
                Stock, places of serials, fields, batches and picks are kept beside the log and \
                follow from it. This writes them anew from the log alone, all or nothing, and \
                prints what was otherwise. The daemon must not run.

                Exit code 1 with --check when something was otherwise.
                """)

        /// Its --state is taken wherever it stands.
        @ParentCommand var daemon: ScanStationD

        @Flag(help: "Compare only; change nothing.")
        var check = false

        func run() throws {
            let directory = daemon.state ?? StationPlaces.current.stateDirectory
            let store = try StationStore(path: StationStore.path(in: directory))
            let found = try store.rebuild(changesNothing: check)
            try store.close()
            try Differences(found).tell(mustBeNone: check)
        }
    }
}
