public import Pictures

/// Why a picture may not be readable, in words for whoever holds the label.
public enum PictureAdvice: String, Sendable {
    case tooDark = "too-dark"
    case outOfFocus = "out-of-focus"
    case tooSmall = "too-small"

    public var sentence: String {
        switch self {
        case .tooDark: "The picture is too dark: more light is needed."
        case .outOfFocus:
            "The code is out of focus or moves: hold it still, at another distance."
        case .tooSmall:
            "The code is too small in the picture: bring it nearer, or choose a larger resolution."
        }
    }

    /// nil: nothing is wrong, or nothing looks like a code.
    public static func about(_ picture: GreyPicture) -> PictureAdvice? {
        let levels = histogram(of: picture)
        if percentile(95, of: levels) < 60 { return .tooDark }
        let region = RegionFinder.regions(in: picture)
            .first { $0.kind == .bars && $0.length >= 60 && $0.height >= 12 }
        guard let region, let (mapping, width, height) = region.cut(scale: 1, in: picture),
            let cut = picture.cut(mapping, width: width, height: height)
        else { return nil }
        return about(row: middleRow(of: cut.smoothed(across: 0, down: height / 4)))
    }

    private static func about(row: [Int]) -> PictureAdvice? {
        let sorted = row.sorted()
        let contrast = sorted[sorted.count * 9 / 10] - sorted[sorted.count / 10]
        guard contrast >= 24 else { return nil }
        let steps = zip(row, row.dropFirst()).map { abs($0 - $1) }.sorted()
        // How many pixels the steeper edges take from black to white.
        let steep = steps[steps.count * 9 / 10]
        if contrast > steep * 4 { return .outOfFocus }
        let middle = (sorted[sorted.count * 9 / 10] + sorted[sorted.count / 10]) / 2
        let edges = zip(row, row.dropFirst()).count { ($0 < middle) != ($1 < middle) }
        // A bar or a space is two modules wide, or a little less, in the mean.
        return edges >= 20 && row.count < edges * 3 ? .tooSmall : nil
    }

    private static func middleRow(of picture: GreyPicture) -> [Int] {
        let start = picture.height / 2 * picture.width
        return picture.pixels[start..<(start + picture.width)].map { Int($0) }
    }

    private static func histogram(of picture: GreyPicture) -> [Int] {
        var levels = Array(repeating: 0, count: 256)
        for index in stride(from: 0, to: picture.pixels.count, by: 61) {
            levels[Int(picture.pixels[index])] += 1
        }
        return levels
    }

    private static func percentile(_ percent: Int, of levels: [Int]) -> Int {
        let wanted = levels.reduce(0, +) * percent / 100
        var sum = 0
        return levels.firstIndex { count in
            sum += count
            return sum > wanted
        } ?? 255
    }
}
