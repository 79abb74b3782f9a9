import CatalogueStore
import LedgerStore
import Replication
import Scans
import StationStorage

/// What the operator is told about a code scanned in look-up mode.
struct LookUp {
    /// How many balances one sentence names.
    static let balanceLimit = 5

    let feedback: Feedback

    init(_ subject: Meaning, in transaction: StationTransaction) throws {
        switch subject {
        case .item(let item, _):
            let name = try transaction.meaning(of: item.rawValue)?.item.name
            feedback = try Self.holdings(
                of: name ?? item.rawValue, StockFilter(item: item), in: transaction
            ) {
                "\($0.value) at \(PrintableText($0.key.place.rawValue, limit: 40))\(Self.lot(of: $0))"
            }
        case .place(let place):
            feedback = try Self.holdings(
                of: place.rawValue, StockFilter(place: place), in: transaction
            ) {
                "\($0.value) × \(PrintableText($0.key.item.rawValue, limit: 40))\(Self.lot(of: $0))"
            }
        case .serial(let serial): feedback = try Self.placement(of: serial, in: transaction)
        case .command: feedback = Feedback(.done, message: "A command.")
        }
    }

    private static func lot(of balance: StockBalance) -> String {
        let lot = balance.key.lot.rawValue
        return lot.isEmpty ? "" : " lot \(PrintableText(lot, limit: 40))"
    }

    private static func holdings(
        of code: String, _ filter: StockFilter, in transaction: StationTransaction,
        _ phrase: (StockBalance) -> String
    ) throws -> Feedback {
        let shown = PrintableText(code, limit: 40)
        let all = try transaction.holdings(filter, limit: balanceLimit + 1)
        guard !all.isEmpty else {
            return Feedback(.unknown, code: "not-in-stock", message: "\(shown): none in stock.")
        }
        let named = all.prefix(balanceLimit).map(phrase).joined(separator: ", ")
        let more = all.count > balanceLimit ? ", and more" : ""
        return Feedback(.ok, message: "\(shown): \(named)\(more).")
    }

    private static func placement(
        of serial: SerialCode, in transaction: StationTransaction
    ) throws -> Feedback {
        let shown = PrintableText(serial.rawValue, limit: 40)
        guard let placement = try transaction.placement(of: serial) else {
            return Feedback(.unknown, code: "not-in-stock", message: "\(shown): never seen.")
        }
        let place = PrintableText(placement.place.rawValue, limit: 40)
        let others = placement.contested.count > 1 ? ", but stations disagree" : ""
        return Feedback(.ok, message: "\(shown): at \(place)\(others).")
    }
}
