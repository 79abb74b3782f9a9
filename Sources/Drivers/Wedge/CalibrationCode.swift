/// The codes of the calibration sheet: together they tell every layout from every other, what ends
/// a code, and what becomes of GS.
public enum CalibrationCode: Int, Sendable, CaseIterable {
    case letters, symbols, separator

    /// What the code holds, without the start character of its symbology.
    public var text: String {
        switch self {
        case .letters: "CAL1:yzqwam;-/=+."
        case .symbols: "CAL2#@[]{}\\|<>&\"?*()_'"
        case .separator: Self.beforeSeparator + "\u{1D}" + Self.afterSeparator
        }
    }

    /// A batch of any length, ended by FNC1, which scanners send as GS.
    static let beforeSeparator = "010950110153000310CAL3"
    static let afterSeparator = "21yzQA"
    /// As a printer of GS1-128 takes it.
    public static let separatorElements = "[01]09501101530003[10]CAL3[21]yzQA"
}
