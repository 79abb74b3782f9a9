public import Barcodes

/// A kind of symbol that GS1 data comes in, by the name that GS1's own software uses.
public enum Carrier: String, Sendable, Hashable, CaseIterable {
    case dataBarOmnidirectional = "DataBarOmni"
    case dataBarTruncated = "DataBarTruncated"
    case dataBarStacked = "DataBarStacked"
    case dataBarStackedOmnidirectional = "DataBarStackedOmni"
    case dataBarLimited = "DataBarLimited"
    case dataBarExpanded = "DataBarExpanded"
    case upcA = "UPCA"
    case upcE = "UPCE"
    case ean13 = "EAN13"
    case ean8 = "EAN8"
    /// GS1-128, alone or below a composite component A or B.
    case gs1Code128 = "GS1_128_CCA"
    case gs1Code128WithCCC = "GS1_128_CCC"
    case itf14 = "ITF14"
    case qr = "QR"
    case dataMatrix = "DM"
    case dotCode = "DotCode"

    /// The symbology that these symbols are of.
    public var symbology: Symbology {
        switch self {
        case .dataBarOmnidirectional, .dataBarTruncated, .dataBarStacked,
            .dataBarStackedOmnidirectional, .dataBarLimited:
            .dataBar
        case .dataBarExpanded: .dataBarExpanded
        case .upcA: .upcA
        case .upcE: .upcE
        case .ean13: .ean13
        case .ean8: .ean8
        case .gs1Code128, .gs1Code128WithCCC: .code128
        case .itf14: .itf
        case .qr: .qr
        case .dataMatrix: .dataMatrix
        case .dotCode: .dotCode
        }
    }
}

extension Carrier {
    /// What kind of data a carrier can hold.
    enum Family: Equatable {
        /// So many digits, the last a check digit.
        case number(digits: Int)
        /// A GTIN of 14 digits, sent with its application identifier.
        case dataBar
        case elements
        /// Elements or any text.
        case matrix
    }

    var family: Family {
        switch self {
        case .dataBarOmnidirectional, .dataBarTruncated, .dataBarStacked,
            .dataBarStackedOmnidirectional, .dataBarLimited:
            .dataBar
        case .upcA, .upcE: .number(digits: 12)
        case .ean13: .number(digits: 13)
        case .ean8: .number(digits: 8)
        case .itf14: .number(digits: 14)
        case .dataBarExpanded, .gs1Code128, .gs1Code128WithCCC: .elements
        case .qr, .dataMatrix, .dotCode: .matrix
        }
    }

    /// The AIM identifier of data that begins with FNC1, or of a number.
    var elementsIdentifier: String {
        switch self {
        case .upcA, .upcE, .ean13: "]E0"
        case .ean8: "]E4"
        case .itf14: "]I1"
        case .gs1Code128, .gs1Code128WithCCC: "]C1"
        case .qr: "]Q3"
        case .dataMatrix: "]d2"
        case .dotCode: "]J1"
        default: "]e0"
        }
    }

    /// The AIM identifier of other text; nil when the carrier can't hold it.
    var textIdentifier: String? {
        switch self {
        case .qr: "]Q1"
        case .dataMatrix: "]d1"
        case .dotCode: "]J0"
        default: nil
        }
    }

    /// What an AIM identifier says: the carrier, and whether its data begins with FNC1.
    static func sending(_ identifier: some StringProtocol) -> (carrier: Self, isGS1: Bool)? {
        switch identifier {
        case "]C1": (.gs1Code128, true)
        case "]e0": (.dataBarExpanded, true)
        case "]Q3": (.qr, true)
        case "]Q1": (.qr, false)
        case "]d2": (.dataMatrix, true)
        case "]d1": (.dataMatrix, false)
        case "]J1": (.dotCode, true)
        case "]J0": (.dotCode, false)
        case "]E0", "]E3": (.ean13, true)
        case "]E4": (.ean8, true)
        case "]I1": (.itf14, true)
        default: nil
        }
    }
}
