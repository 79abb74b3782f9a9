import Accounts
import ArgumentParser
import CatalogueStore
import CommandKit
import Glibc
import Hub
import HubStorage
import LinuxIO
import Sheets

struct CatalogueImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in a table of items, places or lots: CSV or XLSX.",
        discussion: """
            The first row names the columns; docs/catalogue.md lists the names. A row whose key is
            known changes what it says and leaves the rest. A row that can't be taken changes
            nothing, is told with its reason, and goes into the file of --errors.

            scanhub catalogue import items.csv --data ./hub --dry-run
            scanhub catalogue import lots.csv --sheet lots --data ./hub
            scanhub catalogue import --undo 3 --data ./hub
            """)

    @Argument(help: "A CSV or XLSX file.") var file: String?
    @Flag(help: "Only say what would come of it.") var dryRun = false
    @Option(help: "Where rows go that can't be taken, with the reason.") var errors: String?
    @Option(help: "Put back what this import changed.") var undo: Int64?
    @OptionGroup var rows: SheetOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (file == nil) != (undo == nil) else {
            throw ValidationError("either a file or --undo ID is wanted")
        }
    }

    func run() async throws {
        let store = try data.existingStore()
        let ledger = try store.tenant(tenant.tenant)
        if let undo {
            let undone = try await ledger.undoCatalogueImport(
                undo, now: SystemTime.wall.microseconds)
            try await store.noteShell(
                .catalogueChanged, "import \(undo) taken back", tenant: tenant.tenant)
            try store.close()
            return show(undone)
        }
        let path = file ?? ""
        let bytes = try WholeFile.read(path, limitBytes: Sheet.fileLimitBytes)
        let progress = ProgressLine()
        let outcome = try await ledger.importCatalogue(
            rows.sheet, file: path, now: SystemTime.wall.microseconds, isTrial: dryRun
        ) { take in
            try Sheet.read(bytes) { row, cells in
                try take(row, cells)
                progress.show(row)
            }
        }
        progress.end()
        if !dryRun {
            try await store.noteShell(
                .catalogueChanged, "\(outcome.changed) rows of \(path)", tenant: tenant.tenant)
        }
        try store.close()
        if let errors { try await write(outcome.faults, to: errors) }
        show(outcome)
        if outcome.faulty > 0 { throw ExitCode.failure }
    }

    private func write(_ faults: [CatalogueImport.RowFault], to path: String) async throws {
        var text = "row,column,code,reason\n"
        for fault in faults {
            text += CSVLine.text(["\(fault.row)", fault.column, fault.code, fault.reason])
        }
        _ = try await WholeFile.write(path) { try $0(Array(text.utf8)) }
    }

    private func show(_ undone: Catalogue.Undone) {
        guard !output.json else { return print(JSONForm.text(UndoReport(undone))) }
        print(
            "\(undone.restored) put back"
                + (undone.kept > 0 ? ", \(undone.kept) were changed since and stay" : ""))
    }

    private func show(_ outcome: CatalogueImport.Outcome) {
        guard !output.json else {
            return print(JSONForm.text(ImportReport(outcome, isTrial: dryRun)))
        }
        for fault in outcome.faults.prefix(20) {
            print(TerminalText.safe("row \(fault.row): \(fault.reason) [\(fault.code)]"))
        }
        if outcome.faulty > 20 {
            print(errors.map { "and more: \($0)" } ?? "and more: --errors FILE lists them")
        }
        let (done, undo) =
            dryRun
            ? ("would be changed", "")
            : ("changed", outcome.id.map { ". To take it back: --undo \($0)" } ?? "")
        print(
            "\(outcome.rows) rows: \(outcome.changed) \(done), \(outcome.unchanged) as they were, "
                + "\(outcome.faulty) not taken\(undo)")
    }
}

struct SheetOptions: ParsableArguments {
    @Option(
        help: "What its rows are about: items, places or lots.",
        transform: { text in
            guard let kind = SheetKind(rawValue: text) else {
                throw ValidationError("'\(text)' is none of items, places, lots")
            }
            return kind
        })
    var sheet: SheetKind = .items
}

private struct ImportReport: Encodable {
    var `import`: Int64?
    var dryRun: Bool
    var rows: Int
    var changed: Int
    var unchanged: Int
    var faulty: Int
    var faults: [Fault]

    struct Fault: Encodable {
        var row: Int
        var column: String
        var code: String
        var reason: String
    }

    init(_ outcome: CatalogueImport.Outcome, isTrial: Bool) {
        `import` = outcome.id
        (dryRun, rows) = (isTrial, outcome.rows)
        (changed, unchanged, faulty) = (outcome.changed, outcome.unchanged, outcome.faulty)
        faults = outcome.faults.map {
            Fault(row: $0.row, column: $0.column, code: $0.code, reason: $0.reason)
        }
    }
}

private struct UndoReport: Encodable {
    var restored: Int
    var kept: Int

    init(_ undone: Catalogue.Undone) {
        (restored, kept) = (undone.restored, undone.kept)
    }
}

/// How far it is, on a terminal.
private struct ProgressLine: Sendable {
    private static let step = 1000
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func show(_ row: Int) {
        if row % Self.step == 0 { write("\r\(row) rows") }
    }

    func end() {
        write("\r\u{1B}[K")
    }

    private func write(_ text: String) {
        // A terminal that went away needs no progress.
        if isTerminal { _ = Glibc.write(STDERR_FILENO, text, text.utf8.count) }
    }
}
