import Barcodes

/// Hears what the engines say about one picture, look by look, and decides what is believed.
///
/// A linear code can be misread so that its check digit is right, over many lines and several
/// looks. It is rare that both engines fall for the same text, so much hangs on their agreement.
struct Jury {
    struct Candidate {
        var best: RawReading
        var text: String
        var engines: Set<Engine> = []
        var looks: Set<Int> = []
        var lines = 0
        var place: Quadrilateral
    }

    private(set) var candidates: [Candidate] = []
    /// The engines that were asked at all.
    let engines: Set<Engine>

    init(engines: Set<Engine>) {
        self.engines = engines
    }

    mutating func hear(_ readings: [RawReading], look: Int) {
        for reading in readings where Self.isSound(reading) {
            add(reading, look)
        }
    }

    private mutating func add(_ reading: RawReading, _ look: Int) {
        let text = Self.text(of: reading)
        let index = candidates.firstIndex {
            $0.text == text && Self.isSameKind($0.best.symbology, reading.symbology)
                && $0.place.meets(reading.place)
        }
        guard let index else {
            candidates.append(
                Candidate(
                    best: reading, text: text, engines: [reading.engine], looks: [look],
                    lines: reading.lines, place: reading.place))
            return
        }
        candidates[index].engines.insert(reading.engine)
        candidates[index].looks.insert(look)
        candidates[index].lines += reading.lines
        if Self.tellsMore(reading, than: candidates[index].best) {
            candidates[index].best = reading
            candidates[index].place = reading.place
        }
    }

    /// ZXing tells more about what a code is; the zbar place is a box, not a line.
    private static func tellsMore(_ reading: RawReading, than other: RawReading) -> Bool {
        reading.engine == .zxing && other.engine == .zbar && !reading.symbology.isLinear
    }

    static func text(of reading: RawReading) -> String {
        reading.declaredText
            ?? CharacterSet.text(of: reading.bytes, isQR: reading.symbology == .qr)
    }

    private static func isSameKind(_ one: Symbology, _ other: Symbology) -> Bool {
        one == other || (one.carriesGTIN && other.carriesGTIN)
    }
}

extension Jury {
    /// What a code of its kind must be, whoever read it.
    static func isSound(_ reading: RawReading) -> Bool {
        let text = String(decoding: reading.bytes, as: UTF8.self)
        switch reading.symbology {
        case .ean13, .ean8, .upcA: return CheckDigit.isRight(in: text)
        case .itf: return text.utf8.count >= 6
        case .code39: return text.utf8.count >= 3
        case .codabar: return text.utf8.count >= 4
        default: return !reading.bytes.isEmpty
        }
    }

    /// What is believed.
    func verdict() -> [CodeReading] {
        candidates.indices.filter { isBelieved($0) }.map { reading(candidates[$0]) }
    }

    private func reading(_ candidate: Candidate) -> CodeReading {
        CodeReading(
            symbology: candidate.best.symbology, aim: candidate.best.aim,
            bytes: candidate.best.bytes, text: candidate.text, place: candidate.place,
            evidence: CodeReading.Evidence(
                engines: candidate.engines, looks: candidate.looks.count, lines: candidate.lines,
                isSelfChecking: !candidate.best.symbology.isLinear
                    || candidate.best.symbology.carriesGTIN))
    }

    private func isBelieved(_ index: Int) -> Bool {
        let candidate = candidates[index]
        guard hasEvidence(candidate) else { return false }
        return !candidates.indices.contains { other in
            other != index && refutes(candidates[other], candidate)
        }
    }
}
