import Batches
import Replication
import Scans

/// Numbers of logistic units, by short names.
let short = [
    "C1": "00/106141412345678908", "C2": "00/106141412345678915", "P": "00/106141412345679998",
]

/// Lines of a batch from words: `A lot=1 unit=P place=B 3` are three pieces of A.
func goods(_ lines: String...) -> [BatchGoods] { goods(lines) }

func goods(_ lines: [String]) -> [BatchGoods] {
    lines.enumerated().map { index, text in
        let words = text.split(separator: " ").map(String.init)
        func value(_ name: String) -> String {
            let word = words.first { $0.hasPrefix(name + "=") } ?? ""
            let value = String(word.dropFirst(name.count + 1))
            return short[value] ?? value
        }
        let code = short[words[0]] ?? words[0]
        let isNumber = code.contains("/") || code.hasPrefix("SN-")
        return BatchGoods(
            line: OperationID(
                incarnation: Incarnation(rawValue: 7), sequence: UInt64(index) + 1),
            subject: isNumber
                ? .serial(SerialCode(code)) : .item(ItemCode(code), lot: LotCode(value("lot"))),
            quantity: words.last.flatMap { Int64($0) } ?? 1,
            place: PlaceCode(value("place").isEmpty ? "DOCK" : value("place")),
            unit: SerialCode(value("unit")))
    }
}

/// Expected lines from the same words.
func list(_ lines: [String]) -> ExpectedList {
    ExpectedList(
        code: "ASN-1",
        lines: zip(lines, goods(lines)).map { text, goods in
            ExpectedLine(
                item: ItemCode(goods.subject.code), lot: goods.subject.lot,
                quantity: goods.quantity, unit: goods.unit,
                place: text.contains("place=") ? goods.place : "")
        })
}
