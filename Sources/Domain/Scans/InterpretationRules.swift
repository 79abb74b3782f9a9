import GS1

/// How this station reads codes: the operator's choices, as data.
public struct InterpretationRules: Sendable, Equatable {
    /// What to do with `]cm` before the data.
    public enum AIMHandling: String, Sendable, CaseIterable {
        /// Strips it when it is a known identifier; any other `]` is data.
        case auto
        /// Every code must begin with one; a code without is rejected.
        case always
        /// `]` is always data.
        case never
    }

    public var aim: AIMHandling
    /// What a command code begins with, in either case. Empty: there are no command codes.
    public var commandPrefix: String
    /// A code beginning with one of these, and longer, names a place. The prefix stays part of it.
    public var placePrefixes: [String]
    /// A code beginning with one of these, and longer, names one numbered piece. Places go first.
    public var serialPrefixes: [String]
    /// Of a whole capture with its AIM identifier. The fullest QR Code holds 7089 digits.
    public var lengthLimitBytes: Int
    /// How weight, price or count stand in the shop's own numbers, such as `22IIIIIPPP.PPC`; the
    /// first that fits is taken. None: such a number is an item like any other.
    public var measurePatterns: [String]
    public var coupons: CouponHandling

    /// What a coupon's number is: goods, or nothing to be counted.
    public enum CouponHandling: String, Sendable, CaseIterable {
        case item, refuse
    }

    /// Whether it can stand among `measurePatterns`.
    public static func isMeasurePattern(_ text: String) -> Bool {
        // Why it can't is of no matter here.
        (try? VariableMeasurePattern(text)) != nil
    }

    public init(
        aim: AIMHandling = .auto, commandPrefix: String = "%SS:",
        placePrefixes: [String] = ["LOC-"], serialPrefixes: [String] = ["SN-"],
        lengthLimitBytes: Int = 8192, measurePatterns: [String] = [],
        coupons: CouponHandling = .item
    ) {
        self.measurePatterns = measurePatterns
        self.coupons = coupons
        self.aim = aim
        self.commandPrefix = commandPrefix
        self.placePrefixes = placePrefixes
        self.serialPrefixes = serialPrefixes
        self.lengthLimitBytes = lengthLimitBytes
    }
}
