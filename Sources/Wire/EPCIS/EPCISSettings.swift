/// What operations don't say and a receiver of events wants to know.
public struct EPCISSettings: Sendable, Equatable {
    /// What it means that stock grew without an order.
    public enum GoodsIn: String, Codable, Sendable, CaseIterable {
        /// They came from elsewhere: OBSERVE, `receiving`.
        case received
        /// They were made here: ADD, `commissioning`.
        case made
    }

    /// What it means that stock shrank without an order.
    public enum GoodsOut: String, Codable, Sendable, CaseIterable {
        /// Nobody knows: OBSERVE, `other`.
        case other
        /// They went on their way: OBSERVE, `shipping`.
        case shipped
        /// They are no more: DELETE, `decommissioning`.
        case consumed
    }

    public var names: EPCISNames
    /// What the clocks on the walls showed: `+01:00`. Times themselves are written in UTC.
    public let zoneOffset: String
    public var goodsIn: GoodsIn
    public var goodsOut: GoodsOut

    /// nil: no such offset. EPCIS 2.0, section 7.4.1, allows from -14:00 to +14:00.
    public init?(
        names: EPCISNames, zoneOffset: String = "+00:00", goodsIn: GoodsIn = .received,
        goodsOut: GoodsOut = .other
    ) {
        guard Self.isOffset(zoneOffset) else { return nil }
        self.names = names
        self.zoneOffset = zoneOffset
        self.goodsIn = goodsIn
        self.goodsOut = goodsOut
    }

    /// Those of a tenant that chose nothing.
    public init(tenant: String) {
        names = EPCISNames(tenant: tenant)
        zoneOffset = "+00:00"
        goodsIn = .received
        goodsOut = .other
    }

    private static func isOffset(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let digits = [1, 2, 4, 5]
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), digits.allSatisfy({ (48...57).contains(bytes[$0]) }),
            let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2))
        else { return false }
        return minutes < 60 && hours * 60 + minutes <= 14 * 60
    }
}
