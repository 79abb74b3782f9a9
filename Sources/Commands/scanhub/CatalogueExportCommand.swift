import ArgumentParser
import CatalogueStore
import CommandKit
import HubStorage

struct CatalogueExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write items, places or lots as CSV, which import takes.",
        discussion: "scanhub catalogue export --data ./hub > items.csv")

    @OptionGroup var rows: SheetOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        let store = try data.existingStore()
        let ledger = try store.tenant(tenant.tenant)
        switch rows.sheet {
        case .items: try await writeItems(of: ledger)
        case .places: try await writePlaces(of: ledger)
        case .lots: try await writeLots(of: ledger)
        }
        try store.close()
    }

    /// A row for each quantity that codes stand for.
    private func writeItems(of ledger: TenantStore) async throws {
        write([
            "key", "name", "unit", "description", "tags", "tracks_expiry", "code", "quantity",
        ])
        try await CataloguePages.items(of: ledger) { items in
            for item in items {
                let packs = Dictionary(grouping: item.codes, by: \.quantity)
                for quantity in packs.isEmpty ? [1] : packs.keys.sorted() {
                    write([
                        item.key, item.name, item.unit, item.description, item.tags,
                        item.tracksExpiry ? "yes" : "no",
                        (packs[quantity] ?? []).map(\.code).joined(separator: "|"), "\(quantity)",
                    ])
                }
            }
        }
    }

    private func writePlaces(of ledger: TenantStore) async throws {
        write(["code", "name", "kind"])
        try await CataloguePages.places(of: ledger) { places in
            for place in places { write([place.code, place.name, place.kind]) }
        }
    }

    private func writeLots(of ledger: TenantStore) async throws {
        write(["item", "lot", "expiry", "recalled"])
        try await CataloguePages.lots(of: ledger) { lots in
            for lot in lots {
                write([lot.item, lot.lot, lot.expiry, lot.isRecalled ? "yes" : "no"])
            }
        }
    }

    private func write(_ cells: [String]) {
        print(CSVLine.text(cells), terminator: "")
    }
}
