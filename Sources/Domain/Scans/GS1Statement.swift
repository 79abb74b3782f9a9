import Barcodes
import GS1
import Replication

/// What the elements of one GS1 code mean for a station.
///
/// Everything but an item is named as the path of its GS1 Digital Link, without a server:
/// `01/09506000134352/21/S7` is one piece of an item, `00/…` a logistic unit, `8003/…` and
/// `8004/…` an asset, `414/…/254/…` a place. Behind `https://id.gs1.org/` it is the name that the
/// trade uses. An item is its GTIN of 14 digits alone, as on any other code.
struct GS1Statement: Equatable {
    let meaning: Meaning
    /// How many pieces the code says that it stands for; nil: it says nothing, or names one piece.
    let quantity: Int64?

    /// nil: the elements name nothing that a station deals with.
    ///
    /// Goods go before the unit they are packed in: what lies in stock are goods.
    init?(_ elements: ElementString) {
        let lot = LotCode(elements.lot ?? "")
        if let item = elements["01"] {
            if let serial = Self.path("01", "21", in: elements) {
                (meaning, quantity) = (.serial(SerialCode(serial)), nil)
            } else {
                (meaning, quantity) = (
                    .item(ItemCode(item), lot: lot), elements["30"].flatMap { Int64($0) }
                )
            }
        } else if let item = elements["02"] {
            (meaning, quantity) = (
                .item(ItemCode(item), lot: lot), elements["37"].flatMap { Int64($0) }
            )
        } else if let piece = Self.piece(elements) {
            (meaning, quantity) = (.serial(SerialCode(piece)), nil)
        } else if let place = Self.path("414", "254", in: elements)
            ?? Self.path("414", in: elements)
        {
            (meaning, quantity) = (.place(PlaceCode(place)), nil)
        } else {
            return nil
        }
    }

    private static func piece(_ elements: ElementString) -> String? {
        if let unit = path("00", in: elements) ?? path("8004", in: elements) { return unit }
        // Without a serial number (8003) names a kind of asset: a zero, 13 digits and no more.
        guard let asset = elements["8003"], asset.utf8.count > 14 else { return nil }
        return path("8003", in: elements)
    }

    /// nil unless all of them are there.
    private static func path(_ identifiers: String..., in elements: ElementString) -> String? {
        var parts: [String] = []
        for ai in identifiers {
            guard let value = elements[ai] else { return nil }
            parts.append("\(ai)/\(DigitalLink.encoded(value))")
        }
        return parts.joined(separator: "/")
    }
}
