import Glibc
import Pictures

/// Finds the parts of a picture that look like codes, the likeliest first.
struct RegionFinder {
    /// No more regions than this are told; a picture that is full of texture has hundreds.
    static let regionLimit = 48
    private static let coherenceFloor: Float = 0.45
    private static let barsCellLimit = 4
    private static let matrixCellLimit = 6

    private let map: CellMap
    /// Which component a cell is in; 0: none yet.
    private var owner: [Int32]

    private init(_ picture: GreyPicture) {
        map = CellMap(picture)
        owner = Array(repeating: 0, count: map.columns * map.rows)
    }

    static func regions(in picture: GreyPicture) -> [Region] {
        var finder = RegionFinder(picture)
        let found = finder.bars() + finder.matrices()
        return Array(found.sorted { $0.score > $1.score }.prefix(regionLimit))
    }

    private mutating func bars() -> [Region] {
        var regions: [Region] = []
        for cell in owner.indices where owner[cell] == 0 && isBar(cell) {
            let cells = grow(from: cell, reach: 2) { map, from, to in
                map.coherence(to) >= Self.coherenceFloor
                    && (map.direction[from] * map.direction[to]).sum() > 0.55
                        * map.coherence(from) * map.coherence(to)
            }
            if let region = barsRegion(of: cells) { regions.append(region) }
        }
        return regions
    }

    private func isBar(_ cell: Int) -> Bool {
        map.isBusy(cell) && map.coherence(cell) >= Self.coherenceFloor
    }

    private mutating func matrices() -> [Region] {
        owner = Array(repeating: 0, count: owner.count)
        var regions: [Region] = []
        for cell in owner.indices where owner[cell] == 0 && map.isBusy(cell) {
            let cells = grow(from: cell, reach: 1) { _, _, _ in true }
            if let region = matrixRegion(of: cells) { regions.append(region) }
        }
        return regions
    }

    /// The busy cells that hang together with this one.
    private mutating func grow(
        from first: Int, reach: Int, joins: (CellMap, Int, Int) -> Bool
    ) -> [Int] {
        var cells = [first]
        var next = 0
        owner[first] = 1
        while next < cells.count {
            let cell = cells[next]
            next += 1
            let (x, y) = (cell % map.columns, cell / map.columns)
            for row in max(y - reach, 0)...min(y + reach, map.rows - 1) {
                for column in max(x - reach, 0)...min(x + reach, map.columns - 1) {
                    let other = row * map.columns + column
                    guard owner[other] == 0, map.isBusy(other), joins(map, cell, other) else {
                        continue
                    }
                    owner[other] = 1
                    cells.append(other)
                }
            }
        }
        return cells
    }
}

extension RegionFinder {
    private func barsRegion(of cells: [Int]) -> Region? {
        guard cells.count >= Self.barsCellLimit else { return nil }
        let sum = cells.reduce(SIMD2<Float>.zero) { $0 + map.direction[$1] * map.energy[$1] }
        let radians = atan2f(sum.y, sum.x) / 2
        let extent = Extent(cells.map(map.center), radians: radians)
        let size = extent.size + Float(CellMap.side)
        guard size.x >= 32, size.y >= 8 else { return nil }
        let energy = cells.reduce(0) { $0 + map.energy[$1] * map.coherence($1) }
        return Region(
            kind: .bars, center: extent.center, radians: radians, length: size.x, height: size.y,
            score: energy.squareRoot() * Float(cells.count).squareRoot())
    }

    private func matrixRegion(of cells: [Int]) -> Region? {
        guard cells.count >= Self.matrixCellLimit else { return nil }
        let extent = Extent(cells.map(map.center), radians: 0)
        let size = extent.size + Float(CellMap.side)
        let filled = Float(cells.count * CellMap.side * CellMap.side) / (size.x * size.y)
        guard min(size.x, size.y) >= 20, max(size.x, size.y) / min(size.x, size.y) < 8,
            filled > 0.3
        else { return nil }
        let mixed = cells.reduce(Float(0)) {
            $0 + map.energy[$1] * (1 - map.coherence($1))
        }
        return Region(
            kind: .matrix, center: extent.center, radians: 0, length: size.x, height: size.y,
            score: mixed.squareRoot() * Float(cells.count).squareRoot())
    }

    /// The box around some points, in a frame turned by an angle.
    private struct Extent {
        let center: SIMD2<Float>
        let size: SIMD2<Float>

        init(_ points: [SIMD2<Float>], radians: Float) {
            let along: SIMD2<Float> = [cosf(radians), sinf(radians)]
            let across: SIMD2<Float> = [-along.y, along.x]
            var low = SIMD2<Float>(repeating: .infinity), high = -low
            for point in points {
                let turned: SIMD2<Float> = [(point * along).sum(), (point * across).sum()]
                low = pointwiseMin(low, turned)
                high = pointwiseMax(high, turned)
            }
            let middle = (low + high) / 2
            center = along * middle.x + across * middle.y
            size = high - low
        }
    }
}
