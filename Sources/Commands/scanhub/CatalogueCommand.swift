import ArgumentParser

/// What codes mean, in words: `docs/catalogue.md`.
struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Items, places and lots by name: take in, list, search.",
        discussion: """
            scanhub catalogue import items.csv --data ./hub --dry-run
            scanhub catalogue import items.xlsx --data ./hub --errors bad-rows.csv
            scanhub catalogue import --undo 3 --data ./hub
            scanhub catalogue search hex bolt --data ./hub
            """,
        subcommands: [
            CatalogueImportCommand.self, CatalogueExportCommand.self, CatalogueListCommand.self,
            CatalogueSearchCommand.self, CatalogueImportsCommand.self,
        ])
}
