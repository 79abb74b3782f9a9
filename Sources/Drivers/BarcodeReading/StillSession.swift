import Pictures

/// One picture under examination.
struct StillSession {
    /// Pictures larger than this are not enlarged, in pixels.
    private static let enlargedLimit = 1_600_000
    private static let regionLimit = 12

    let picture: GreyPicture
    let zbar: ZBarScanner
    let zxing: ZXingClient
    private let engines: Set<Engine>
    private var jury: Jury
    private var looks = 0

    init(
        picture: GreyPicture, engines: Set<Engine>, zbar: ZBarScanner, zxing: ZXingClient
    ) {
        self.picture = picture
        self.engines = engines
        self.zbar = zbar
        self.zxing = zxing
        jury = Jury(.still)
    }

    mutating func run() -> [CodeReading] {
        lookAtWhole(picture, .identity, several: true)
        if isSettled {
            lookAtRegions(besidesRead: true)
            return jury.verdict()
        }
        lookEnlarged()
        lookAtRegions(besidesRead: false)
        lookSmaller()
        if jury.verdict().isEmpty { lookTurned() }
        return jury.verdict()
    }

    private mutating func lookAtWhole(
        _ view: GreyPicture, _ mapping: PictureMapping, several: Bool
    ) {
        looks += 1
        if engines.contains(.zbar) {
            hear(zbar.read(view), mapping)
        }
        guard engines.contains(.zxing) else { return }
        if several, case .read(let readings) = zxing.read(view, [.thorough]) {
            hear(readings, mapping)
        } else if case .read(let readings) = zxing.read(view, [.thorough, .one]) {
            hear(readings, mapping)
        }
    }

    private mutating func hear(_ readings: [RawReading], _ mapping: PictureMapping) {
        let placed = readings.map { reading in
            var reading = reading
            reading.place = reading.place.mapped(by: mapping)
            return reading
        }
        jury.hear(placed, look: looks)
    }
}

extension StillSession {
    private mutating func lookEnlarged() {
        guard picture.width * picture.height <= Self.enlargedLimit else {
            return lookAtWhole(
                picture.sharpened(radius: 1, amount: 1.5), .identity, several: false)
        }
        let mapping = PictureMapping(
            origin: [-0.25, -0.25], right: [0.5, 0], down: [0, 0.5])
        guard
            let large = picture.cut(
                mapping, width: picture.width * 2 - 1, height: picture.height * 2 - 1)
        else { return }
        lookAtWhole(large, mapping, several: false)
        lookAtWhole(large.sharpened(radius: 2, amount: 2), mapping, several: false)
    }

    private mutating func lookSmaller() {
        for factor in [2, 3] {
            guard min(picture.width, picture.height) / factor >= 160,
                let small = picture.shrunk(by: factor)
            else { return }
            let step = Float(factor)
            let mapping = PictureMapping(
                origin: [(step - 1) / 2, (step - 1) / 2], right: [step, 0], down: [0, step])
            lookAtWhole(small, mapping, several: false)
        }
    }

    private mutating func lookTurned() {
        for degrees in [30, 60, 45, 15, 75] {
            let radians = Float(degrees) * .pi / 180
            let side = Int(
                Float(picture.width * picture.width + picture.height * picture.height)
                    .squareRoot())
            let mapping = PictureMapping(
                center: [Float(picture.width) / 2, Float(picture.height) / 2], radians: radians,
                scale: 1, width: side, height: side)
            guard let turned = picture.cut(mapping, width: side, height: side) else { return }
            lookAtWhole(turned, mapping, several: false)
        }
    }

    /// Everything that was heard is believed, and there is something.
    private var isSettled: Bool {
        !jury.candidates.isEmpty && jury.verdict().count == jury.candidates.count
    }

    /// Where nothing was read yet, only the regions that stand out as much as those that were.
    private mutating func lookAtRegions(besidesRead: Bool) {
        var regions = RegionFinder.regions(in: picture)
        if besidesRead {
            let best = regions.filter(isRead).map(\.score).max() ?? 0
            regions.removeAll { isRead($0) || $0.score * 2 < best }
        }
        for region in regions.prefix(besidesRead ? 4 : Self.regionLimit) {
            for scale in region.length < 500 ? [Float(1), 2] : [1] {
                lookAt(region, scale: scale)
            }
        }
    }

    private func isRead(_ region: Region) -> Bool {
        let middle = Quadrilateral([region.center])
        return jury.candidates.contains { $0.place.covers(middle) }
    }

    private mutating func lookAt(_ region: Region, scale: Float) {
        guard let (mapping, width, height) = region.cut(scale: scale, in: picture),
            let cut = picture.cut(mapping, width: width, height: height)
        else { return }
        switch region.kind {
        case .bars:
            let reach = min(max(height / 12, 1), 6)
            lookAtWhole(cut.smoothed(across: 0, down: reach), mapping, several: false)
        case .matrix: lookAtWhole(cut, mapping, several: false)
        }
    }
}
