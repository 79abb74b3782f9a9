import CPixels
import Glibc

/// Where the pixels of a cut-out come from: an affine map from its coordinates to the picture's.
public struct PictureMapping: Sendable, Equatable {
    /// The picture's point at the cut-out's origin.
    public var origin: SIMD2<Float>
    /// What one pixel to the right in the cut-out is in the picture.
    public var right: SIMD2<Float>
    /// What one pixel down in the cut-out is in the picture.
    public var down: SIMD2<Float>

    public init(origin: SIMD2<Float>, right: SIMD2<Float>, down: SIMD2<Float>) {
        self.origin = origin
        self.right = right
        self.down = down
    }

    public static let identity = PictureMapping(
        origin: [0, 0], right: [1, 0], down: [0, 1])

    /// A cut-out whose middle is at `center`, turned by `radians`, of `scale` pixels for each of the
    /// picture's.
    public init(
        center: SIMD2<Float>, radians: Float, scale: Float, width: Int, height: Int
    ) {
        let (cosine, sine) = (cosf(radians) / scale, sinf(radians) / scale)
        right = [cosine, sine]
        down = [-sine, cosine]
        let half = SIMD2<Float>(Float(width - 1) / 2, Float(height - 1) / 2)
        origin = center - right * half.x - down * half.y
    }

    /// Where a point of the cut-out lies in the picture.
    public func point(_ point: SIMD2<Float>) -> SIMD2<Float> {
        origin + right * point.x + down * point.y
    }
}

extension GreyPicture {
    /// Cuts out what `mapping` points at, smoothly; what lies outside the picture becomes white.
    public func cut(_ mapping: PictureMapping, width: Int, height: Int) -> GreyPicture? {
        guard Self.allows(width: width, height: height) else { return nil }
        let matrix: [Float] = [
            mapping.origin.x, mapping.right.x, mapping.down.x,
            mapping.origin.y, mapping.right.y, mapping.down.y,
        ]
        return GreyPicture(width: width, height: height) { target in
            withPixels { source in
                matrix.withUnsafeBufferPointer { matrix in
                    guard let matrix = matrix.baseAddress else { return }
                    cpixels_warp(
                        source, self.width, self.height, matrix, 255, target, width, height)
                }
            }
        }
    }

    /// A part of the picture as it is; nil when nothing of it lies inside.
    public func cut(x: Int, y: Int, width: Int, height: Int) -> GreyPicture? {
        let (left, top) = (max(x, 0), max(y, 0))
        let (right, bottom) = (min(x + width, self.width), min(y + height, self.height))
        guard left < right, top < bottom else { return nil }
        var part: [UInt8] = []
        part.reserveCapacity((right - left) * (bottom - top))
        for row in top..<bottom {
            let start = row * self.width
            part += pixels[(start + left)..<(start + right)]
        }
        return GreyPicture(width: right - left, height: bottom - top, trusted: part)
    }
}
