import CPixels
import Pictures

/// A picture in cells of a few pixels: how much goes on in each, and in which direction.
struct CellMap {
    /// In pixels.
    static let side = 8

    let columns: Int
    let rows: Int
    /// Mean squared gradient of a sampled pixel.
    private(set) var energy: [Float]
    /// The gradient's direction times two, as a vector of length 0 (all directions) to 1 (one).
    private(set) var direction: [SIMD2<Float>]
    /// From here on a cell is more than noise.
    private(set) var threshold: Float

    init(_ picture: GreyPicture) {
        columns = picture.width / Self.side
        rows = picture.height / Self.side
        let count = columns * rows
        let sums = [cpixels_cell](unsafeUninitializedCapacity: count) { buffer, filled in
            if let base = buffer.baseAddress, count > 0 {
                picture.withPixels {
                    cpixels_gradients($0, picture.width, picture.height, Self.side, base)
                }
            }
            filled = count
        }
        let samples = Float(Self.side * Self.side / 2)
        energy = sums.map { ($0.xx + $0.yy) / samples }
        direction = sums.map { sum in
            let total = sum.xx + sum.yy
            return total > 0 ? [(sum.xx - sum.yy) / total, 2 * sum.xy / total] : .zero
        }
        threshold = Self.threshold(over: energy)
    }

    /// Noise is what the quieter third of a picture has at most.
    private static func threshold(over energy: [Float]) -> Float {
        guard !energy.isEmpty else { return 0 }
        let sample = stride(from: 0, to: energy.count, by: max(energy.count / 512, 1))
            .map { energy[$0] }.sorted()
        return max(48, sample[sample.count / 3] * 4)
    }

    func isBusy(_ cell: Int) -> Bool { energy[cell] >= threshold }

    /// How much the cell's gradients agree on a direction, 0 to 1.
    func coherence(_ cell: Int) -> Float {
        (direction[cell] * direction[cell]).sum().squareRoot()
    }

    /// The middle of a cell, in pixels.
    func center(_ cell: Int) -> SIMD2<Float> {
        let side = Float(Self.side)
        return [
            (Float(cell % columns) + 0.5) * side, (Float(cell / columns) + 0.5) * side,
        ]
    }
}
