import Barcodes
import GS1
public import Replication

/// How goods, places and papers are named in events: by GS1's Digital Links where they have a
/// number of GS1's, else in a namespace of the tenant's own.
///
/// Source: Core Business Vocabulary 2.0, section 8, user vocabularies.
public struct EPCISNames: Sendable, Equatable {
    /// `urn:…` or `https://…`, without a separator at its end.
    public let namespace: String
    private let separator: String

    /// nil: not the beginning of an absolute URI.
    public init?(namespace: String) {
        let isURN = namespace.hasPrefix("urn:") && namespace.utf8.count > 4
        let isAddress = ["https://", "http://"].contains {
            namespace.hasPrefix($0) && namespace.utf8.count > $0.utf8.count
        }
        guard isURN || isAddress, !":/".contains(namespace.last ?? ":"),
            namespace.utf8.allSatisfy(Self.mayStand)
        else { return nil }
        self.namespace = namespace
        separator = isURN ? ":" : "/"
    }

    /// Where nobody chose a namespace: `urn:scanstation:TENANT`. Not registered, so it means
    /// something only to those who know this hub.
    public init(tenant: String) {
        namespace = "urn:scanstation:" + DigitalLink.encoded(tenant)
        separator = ":"
    }

    /// A kind of goods, or a lot of it.
    public func goods(_ item: ItemCode, lot: LotCode) -> String {
        if let gtin = gtin(item) {
            if lot.rawValue.isEmpty { return link("01/" + gtin) }
            let path = "01/\(gtin)/10/" + DigitalLink.encoded(lot.rawValue)
            if isLink(path) { return link(path) }
        }
        return lot.rawValue.isEmpty
            ? own("class", item.rawValue) : own("lot", item.rawValue, lot.rawValue)
    }

    /// One piece with a number of its own.
    public func piece(_ serial: SerialCode) -> String {
        gs1(serial.rawValue, keys: ["00", "01", "8003", "8004"]) ?? own("obj", serial.rawValue)
    }

    public func place(_ place: PlaceCode) -> String {
        gs1(place.rawValue, keys: ["414"]) ?? own("loc", place.rawValue)
    }

    /// The logistic unit that a place is; nil: it is none.
    ///
    /// As scanned, `00/…`, or typed, the 18 digits alone.
    public func container(_ place: PlaceCode) -> String? {
        if let sscc = SSCC(place.rawValue) { return link("00/" + sscc.digits) }
        return gs1(place.rawValue, keys: ["00"])
    }

    /// An order's line, a batch of scans.
    public func paper(_ name: String) -> String { own("bt", name) }

    private func gtin(_ item: ItemCode) -> String? {
        item.rawValue.utf8.count == 14 ? GTIN(item.rawValue)?.digits : nil
    }

    private func gs1(_ path: String, keys: [String]) -> String? {
        guard keys.contains(where: { path.hasPrefix($0 + "/") }), isLink(path) else { return nil }
        return link(path)
    }

    private func isLink(_ path: String) -> Bool {
        // What is no link is named in the namespace; why it is none doesn't matter.
        (try? DigitalLink(link(path))) != nil
    }

    private func link(_ path: String) -> String { DigitalLink.canonicalStem + "/" + path }

    private func own(_ parts: String...) -> String {
        let encoded = parts.enumerated().map { $0 == 0 ? $1 : DigitalLink.encoded($1) }
        return ([namespace] + encoded).joined(separator: separator)
    }

    /// RFC 3986, section 2: unreserved characters, and those that part a path.
    private static func mayStand(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ":/.-_~".utf8.contains(byte)
        }
    }
}
