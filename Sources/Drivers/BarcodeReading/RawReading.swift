import Barcodes

/// The libraries that read codes.
public enum Engine: String, Sendable, CaseIterable, Codable {
    case zbar, zxing
}

/// What one engine made of one look at a picture. Not yet believed.
struct RawReading: Sendable, Equatable {
    var symbology: Symbology
    var aim: String
    /// What the code holds, as bytes.
    var bytes: [UInt8]
    /// Set where the code itself said which character set it is in.
    var declaredText: String?
    var engine: Engine
    /// How many lines agreed; 1 for a matrix code.
    var lines: Int
    var place: Quadrilateral
}

extension Symbology {
    /// Read along lines; the others are matrices with an error correction of their own.
    var isLinear: Bool {
        switch self {
        case .dataMatrix, .qr, .pdf417, .aztec, .maxiCode, .dotCode, .hanXin: false
        default: true
        }
    }
}
