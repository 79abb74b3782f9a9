/// A kind of bar code, by the name that the product prints and stores.
///
/// Whether the data is GS1's is not told here but by the `AIMIdentifier`: a GS1-128 is a Code128.
public enum Symbology: String, Sendable, Hashable, CaseIterable, Codable {
    case ean13 = "EAN-13"
    case ean8 = "EAN-8"
    case upcA = "UPC-A"
    case upcE = "UPC-E"
    /// Two or five digits beside an EAN or UPC, read alone.
    case eanAddOn = "EAN-AddOn"
    case code128 = "Code128"
    case code39 = "Code39"
    case code93 = "Code93"
    case code11 = "Code11"
    case codabar = "Codabar"
    case itf = "ITF"
    case straight2of5 = "Straight2of5"
    case msi = "MSI"
    case plessey = "Plessey"
    case telepen = "Telepen"
    case code16K = "Code16K"
    case code49 = "Code49"
    case codablock = "Codablock"
    case dataBar = "DataBar"
    case dataBarExpanded = "DataBarExp"
    case dataMatrix = "DataMatrix"
    case qr = "QR"
    case pdf417 = "PDF417"
    case aztec = "Aztec"
    case maxiCode = "MaxiCode"
    case dotCode = "DotCode"
    case hanXin = "HanXin"
    case other = "Other"

    /// Whether every code of this kind carries a GTIN whose check digit must be right.
    public var carriesGTIN: Bool {
        switch self {
        case .ean13, .ean8, .upcA, .upcE: true
        default: false
        }
    }
}
