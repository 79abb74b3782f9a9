import ArgumentParser
import CatalogueStore
import CommandKit
import Hub
import HubStorage
import Reporting

struct CatalogueListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the items.")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try data.existingStore()
        let ledger = try store.tenant(tenant.tenant)
        var isEmpty = true
        try await CataloguePages.items(of: ledger) { items in
            isEmpty = false
            ItemList.show(items, asJSON: output.json)
        }
        try store.close()
        if isEmpty, !output.json { print("the catalogue is empty: scanhub catalogue import FILE") }
    }
}

struct CatalogueSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find items by code, or by words as they begin.",
        discussion: """
            scanhub catalogue search 4006381 --data ./hub
            scanhub catalogue search hex bolt m8 --data ./hub
            """)

    @Argument(help: "Words, or a code.") var words: [String]
    @Option(help: "At most so many.") var limit = 20
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try data.existingStore()
        let found = try await store.tenant(tenant.tenant).searchCatalogue(
            words.joined(separator: " "),
            limit: min(max(1, limit), Catalogue.searchLimit))
        try store.close()
        guard !found.isEmpty || output.json else { return print("nothing is called so") }
        if found.first?.isGuess == true, !output.json { print("Nothing is called so. Like it:") }
        ItemList.show(found.map(\.item), asJSON: output.json)
    }
}

struct CatalogueImportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imports", abstract: "List the imports, the newest first.")

    private static let limit = 100

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try data.existingStore()
        let imports = try await store.tenant(tenant.tenant).catalogueImports(limit: Self.limit)
        try store.close()
        let reports = imports.map { ImportLine($0) }
        guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
        var table = TextTable([
            ("ID", .right), ("TIME", .left), ("ROWS", .left), ("CHANGED", .right), ("FILE", .left),
            ("", .left),
        ])
        for line in reports {
            table.add([
                "\(line.import)", line.time, line.sheet, "\(line.changed)",
                TerminalText.safe(line.file), line.isUndone ? "taken back" : "",
            ])
        }
        for line in table.lines { print(line) }
    }
}

private struct ImportLine: Encodable {
    var `import`: Int64
    var time: String
    var sheet: String
    var changed: Int
    var file: String
    var isUndone: Bool

    init(_ entry: ImportEntry) {
        (`import`, time) = (entry.id, TimeText.utc(entry.wallMicroseconds))
        (sheet, changed, file) = (entry.kind, entry.changed, entry.file)
        isUndone = entry.isUndone
    }
}

/// Items for a terminal or a program.
enum ItemList {
    static func show(_ items: [CatalogueItem], asJSON: Bool) {
        guard !asJSON else { return items.forEach { print(JSONForm.text($0)) } }
        var table = TextTable([("KEY", .left), ("NAME", .left), ("CODES", .left)])
        for item in items {
            let codes = item.codes.map { pack in
                pack.quantity == 1 ? pack.code : "\(pack.code) (\(pack.quantity))"
            }
            table.add([item.key, item.name, codes.joined(separator: " ")].map(TerminalText.safe))
        }
        for line in table.lines { print(line) }
    }
}

/// Reads all of a catalogue, so many at once.
enum CataloguePages {
    private static let limit = 1000

    static func items(
        of ledger: TenantStore, _ take: ([CatalogueItem]) throws -> Void
    ) async throws {
        var last = ""
        while true {
            let page = try await ledger.items(after: last, limit: limit)
            guard let end = page.last else { return }
            try take(page)
            last = end.key
        }
    }

    static func places(
        of ledger: TenantStore, _ take: ([CataloguePlace]) throws -> Void
    ) async throws {
        var last = ""
        while true {
            let page = try await ledger.places(after: last, limit: limit)
            guard let end = page.last else { return }
            try take(page)
            last = end.code
        }
    }

    static func lots(
        of ledger: TenantStore, _ take: ([CatalogueLot]) throws -> Void
    ) async throws {
        var last = ("", "")
        while true {
            let page = try await ledger.lots(after: last, limit: limit)
            guard let end = page.last else { return }
            try take(page)
            last = (end.item, end.lot)
        }
    }
}
