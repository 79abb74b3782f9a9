import Pictures

/// Where a code lies: four corners, in pixels of the picture, clockwise as the code is read.
///
/// For a linear code that was met on one line only, two of them are each other's neighbours.
public struct Quadrilateral: Sendable, Equatable {
    public var corners: [SIMD2<Float>]

    public init(_ corners: [SIMD2<Float>]) {
        self.corners = corners
    }

    var center: SIMD2<Float> {
        corners.reduce(.zero, +) / Float(max(corners.count, 1))
    }

    var lower: SIMD2<Float> {
        corners.dropFirst().reduce(corners.first ?? .zero) { pointwiseMin($0, $1) }
    }

    var upper: SIMD2<Float> {
        corners.dropFirst().reduce(corners.first ?? .zero) { pointwiseMax($0, $1) }
    }

    /// The longer way across.
    var reach: Float {
        let size = upper - lower
        return (size * size).sum().squareRoot()
    }

    func mapped(by mapping: PictureMapping) -> Quadrilateral {
        Quadrilateral(corners.map { mapping.point($0) })
    }

    /// Whether two readings are of the same spot, as far as bounding boxes tell.
    func meets(_ other: Quadrilateral) -> Bool {
        let margin = SIMD2<Float>(repeating: 4)
        let (low, high) = (pointwiseMax(lower, other.lower), pointwiseMin(upper, other.upper))
        let overlap = high + margin - low
        return overlap.x > 0 && overlap.y > 0
    }

    /// Whether most of the smaller one lies in the other.
    func covers(_ other: Quadrilateral) -> Bool {
        let inner = other.center
        return inner.x >= lower.x - 4 && inner.x <= upper.x + 4 && inner.y >= lower.y - 4
            && inner.y <= upper.y + 4
    }
}
