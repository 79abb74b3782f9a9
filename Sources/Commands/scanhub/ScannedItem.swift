import ArgumentParser
import DriverKit
import Replication
import Scans

/// An item's code as a person has it before them: as it was scanned, or as the ledger calls it.
struct ScannedItem: ExpressibleByArgument {
    let code: ItemCode

    /// As a station reads codes: a GTIN becomes 14 digits, an AIM identifier is taken off. What a
    /// station would not take for an item is looked for as it stands.
    init(argument: String) {
        let capture = Capture(device: "scanhub", payload: .keystrokes(argument), time: .now())
        guard case .scan(let scan) = Interpreter().interpret(capture),
            case .item(let item) = scan.meaning
        else {
            code = ItemCode(argument)
            return
        }
        code = item
    }
}
