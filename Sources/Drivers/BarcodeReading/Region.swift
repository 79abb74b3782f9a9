import Glibc
import Pictures

/// A part of a picture that may hold a code.
struct Region: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// All edges run one way, as bars do.
        case bars
        /// Edges run both ways, as in a matrix code, or in a picture of anything.
        case matrix
    }

    var kind: Kind
    var center: SIMD2<Float>
    /// The direction in which a line crosses all bars; 0 for a matrix.
    var radians: Float
    /// Along that direction, and across it, in pixels; without a quiet zone.
    var length: Float
    var height: Float
    /// The higher the likelier.
    var score: Float
}

extension Region {
    /// The longest side of a cut-out, in pixels.
    private static let cutLimit: Float = 2600

    /// Where an upright picture of the region comes from, and how large that is.
    func cut(scale: Float, in picture: GreyPicture) -> (PictureMapping, width: Int, height: Int)? {
        let margin = kind == .bars ? max(length * 0.15, 16) : max(length * 0.12, 12)
        let width = Int((length + 2 * margin) * scale)
        let rise = kind == .bars ? max(height * 0.92, 6) : height + 2 * margin
        let tall = Int(rise * scale)
        guard width >= 16, tall >= 4, Float(max(width, tall)) <= Self.cutLimit else { return nil }
        let mapping = PictureMapping(
            center: center, radians: radians, scale: scale, width: width, height: tall)
        return (mapping, width, tall)
    }
}
