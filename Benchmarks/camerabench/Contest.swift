import BarcodeReading
import CameraFloor
import Foundation
import LinuxIO
import Pictures
import ScanTesting

/// Ours and zbarcam's way on the same frames, two a layout, each with its own noise.
struct Contest {
    struct Tally {
        var times: [Double] = []
        var read = 0

        mutating func add(_ time: Duration) { times.append(Double(time.microseconds) / 1000) }

        func text(of codes: Int) -> String {
            let sorted = times.sorted()
            let (median, late) = (sorted[sorted.count / 2], sorted[sorted.count * 95 / 100])
            let share = codes == 0 ? "-" : "\(read * 100 / codes) %"
            return String(format: "%.1f | %.1f | ", median, late) + share
        }
    }

    let scene: Scene
    let layouts: Int

    func run(dump: String?) throws -> String {
        var (ours, theirs) = (Tally(), Tally())
        for layout in 0..<layouts {
            guard let arrangement = Arrangement(scene: scene, seed: UInt64(layout)) else {
                continue
            }
            let reader = FrameReader(zxingProgram: ["/proc/self/exe", "zxing"])
            // The first frame also starts the other process.
            _ = reader.read(arrangement.warmUp)
            var (seen, floor) = (Set<String>(), Set<String>())
            for frame in arrangement.frames {
                let outcome = reader.read(frame)
                ours.add(outcome.spent)
                seen.formUnion(outcome.codes.map(\.text))
                let start = SystemTime.monotonic
                floor.formUnion(Self.floor(frame))
                theirs.add(SystemTime.monotonic - start)
            }
            ours.read += seen.intersection(arrangement.texts).count
            theirs.read += floor.intersection(arrangement.texts).count
            if let dump { try arrangement.write(to: dump, name: "\(scene.name)-\(layout)") }
        }
        let codes = layouts * scene.codes
        return "| \(scene.name) | \(scene.codes) | \(ours.text(of: codes)) | "
            + "\(theirs.text(of: codes)) |"
    }

    private static func floor(_ frame: GreyPicture) -> [String] {
        var texts = [CChar](repeating: 0, count: 8192)
        _ = frame.withPixels {
            camera_floor_read($0, UInt32(frame.width), UInt32(frame.height), &texts, texts.count)
        }
        return String(
            decoding: texts.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
        )
        .split(separator: "\n").map(String.init)
    }
}

/// Labels on a desk: where, how large, how turned.
struct Arrangement {
    let frames: [GreyPicture]
    let warmUp: GreyPicture
    let texts: Set<String>

    init?(scene: Scene, seed: UInt64) {
        var random = SplitMix64(seed: seed &* 977 &+ UInt64(scene.codes))
        let columns = scene.codes > 5 ? 5 : 3
        let rows = scene.codes > 5 ? 4 : 2
        let places = Array(0..<(columns * rows)).shuffled(seed: seed).prefix(scene.codes)
        var texts: Set<String> = []
        var labels: [(picture: GreyPicture, x: Int, y: Int, degrees: Int)] = []
        if scene.isBusy { labels += Self.clutter(scene, &random) }
        for place in places {
            let digits = Self.ean13(&random)
            let height = scene.codes > 5 ? 60 : 100
            guard let label = DrawnCode.ean13(digits, module: 2, height: height) else {
                return nil
            }
            texts.insert(digits)
            // Twenty stand upright, for they would not fit turned.
            labels.append(
                (
                    label.smoothed(across: 1, down: 0),
                    scene.width * (2 * (place % columns) + 1) / (2 * columns),
                    scene.height * (2 * (place / columns) + 1) / (2 * rows),
                    scene.codes > 5 ? 0 : random.below(360)
                ))
        }
        self.texts = texts
        frames = (0..<2).compactMap { noise in
            DrawnCode.frame(
                width: scene.width, height: scene.height, labels, seed: seed * 2 + UInt64(noise))
        }
        guard let empty = DrawnCode.frame(width: scene.width, height: scene.height, []),
            frames.count == 2
        else { return nil }
        warmUp = empty
    }

    /// Boxes with print on them, under the labels.
    private static func clutter(
        _ scene: Scene, _ random: inout SplitMix64
    ) -> [(picture: GreyPicture, x: Int, y: Int, degrees: Int)] {
        (0..<60).compactMap { _ in
            let (width, height) = (20 + random.below(160), 10 + random.below(90))
            let (paper, ink) = (UInt8(90 + random.below(150)), UInt8(random.below(90)))
            var pixels = Array(repeating: paper, count: width * height)
            for _ in 0..<(width * height / 60) {
                let (x, y) = (random.below(width), random.below(height))
                for step in 0..<(2 + random.below(5)) where x + step < width {
                    pixels[y * width + x + step] = ink
                }
            }
            guard let box = GreyPicture(width: width, height: height, pixels: pixels) else {
                return nil
            }
            return (
                box, random.below(scene.width), random.below(scene.height), random.below(360)
            )
        }
    }

    private static func ean13(_ random: inout SplitMix64) -> String {
        let digits = (0..<12).map { index in index == 0 ? 4 : random.below(10) }
        let sum = digits.enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 3) }
        return digits.map(String.init).joined() + "\((10 - sum % 10) % 10)"
    }

    func write(to folder: String, name: String) throws {
        guard let frame = frames.first else { return }
        let file = name.replacing(" ", with: "-") + "-" + texts.sorted().joined(separator: "-")
        let data = Data("P5 \(frame.width) \(frame.height) 255\n".utf8) + Data(frame.pixels)
        try data.write(to: URL(filePath: folder).appending(path: String(file.prefix(240)) + ".pgm"))
    }
}
