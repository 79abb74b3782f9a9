import LinuxIO
import Pictures

/// One frame, looked at within its time.
struct FrameLook {
    /// What one code costs at most beyond the reading of its region.
    private static let regionLimit = 32

    let frame: GreyPicture
    let reader: FrameReader
    let deadline: Duration
    let number: Int
    /// The regions that held a code.
    private(set) var places: [Region] = []
    private var readings: [RawReading] = []

    init(frame: GreyPicture, reader: FrameReader, deadline: Duration, number: Int) {
        self.frame = frame
        self.reader = reader
        self.deadline = deadline
        self.number = number
    }

    private var hasTime: Bool { SystemTime.monotonic < deadline }
    private var asksZBar: Bool { reader.settings.engines.contains(.zbar) }
    private var asksZXing: Bool { reader.settings.engines.contains(.zxing) }

    mutating func run(lastPlaces: [Region], isWholeDue: Bool) -> [RawReading] {
        let regions = RegionFinder.regions(in: frame)
        let ordered =
            regions.filter { isKnown($0, lastPlaces) }
            + regions.filter { !isKnown($0, lastPlaces) }
        var unread: [Region] = []
        for region in ordered.prefix(Self.regionLimit) {
            guard hasTime else { break }
            if isCovered(region) { continue }
            if !lookQuickly(at: region) { unread.append(region) }
        }
        for region in unread where hasTime && !isCovered(region) {
            lookClosely(at: region)
        }
        if isWholeDue, hasTime { lookAtWhole() }
        return readings
    }

    private func isKnown(_ region: Region, _ places: [Region]) -> Bool {
        places.contains { place in
            let offset = place.center - region.center
            return place.kind == region.kind
                && (offset * offset).sum() < place.length * place.length / 4
        }
    }

    /// Whether a code that was read already stands there.
    private func isCovered(_ region: Region) -> Bool {
        let middle = Quadrilateral([region.center])
        return readings.contains { $0.place.covers(middle) }
    }
}

extension FrameLook {
    private mutating func lookQuickly(at region: Region) -> Bool {
        switch region.kind {
        case .bars: lookAtBars(region, scale: 1)
        case .matrix: lookAtMatrix(region)
        }
    }

    /// Bars stand upright in their cut-out, so lines from left to right are enough, and the mean
    /// of several rows is less noisy than each.
    private mutating func lookAtBars(_ region: Region, scale: Float) -> Bool {
        guard let (mapping, width, height) = region.cut(scale: scale, in: frame),
            let cut = frame.cut(mapping, width: width, height: height)
        else { return false }
        let calm = cut.smoothed(across: 0, down: min(max(height / 16, 1), 4))
        var found: [RawReading] = []
        if asksZBar {
            let spacing = min(max(height / 16, 1), 4)
            found = reader.upright.read(
                calm, density: ZBarScanner.Density(across: spacing, down: 0))
        }
        if asksZXing, hasTime || found.isEmpty == false {
            // The second opinion: see `Jury`.
            found += ask([.linear, .one, .thorough], about: calm)
        }
        return take(found, mapping, region)
    }

    private mutating func lookAtMatrix(_ region: Region) -> Bool {
        guard let (mapping, width, height) = region.cut(scale: 1, in: frame),
            let cut = frame.cut(mapping, width: width, height: height)
        else { return false }
        if asksZXing {
            return take(ask([.matrix, .one, .thorough], about: cut), mapping, region)
        }
        return take(reader.zbar.read(cut), mapping, region)
    }

    private mutating func lookClosely(at region: Region) {
        if region.kind == .bars, region.length < 400 {
            _ = lookAtBars(region, scale: 2)
        } else if region.kind == .matrix, asksZBar, asksZXing {
            guard let (mapping, width, height) = region.cut(scale: 1, in: frame),
                let cut = frame.cut(mapping, width: width, height: height)
            else { return }
            _ = take(reader.zbar.read(cut), mapping, region)
        }
    }

    private mutating func lookAtWhole() {
        if asksZBar {
            let found = reader.zbar.read(
                frame, density: ZBarScanner.Density(across: 2, down: 2))
            readings += found
        }
        if asksZXing, readings.isEmpty {
            readings += ask([.one, .thorough], about: frame)
        }
    }

    private func ask(
        _ options: ZXingRequest.Options, about picture: GreyPicture
    ) -> [RawReading] {
        guard
            case .read(let found) = reader.zxing.read(
                picture, options, patience: .milliseconds(500))
        else { return [] }
        return found
    }

    private mutating func take(
        _ found: [RawReading], _ mapping: PictureMapping, _ region: Region
    ) -> Bool {
        guard !found.isEmpty else { return false }
        readings += found.map { reading in
            var reading = reading
            reading.place = reading.place.mapped(by: mapping)
            return reading
        }
        places.append(region)
        return true
    }
}
