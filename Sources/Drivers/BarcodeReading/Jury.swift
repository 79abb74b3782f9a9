import Barcodes

/// Hears what the engines say about one picture, look by look, and decides what is believed.
///
/// A linear code can be misread so that its check digit is right, over many lines and several
/// looks. It is rare that both engines fall for the same text, so much hangs on their agreement.
struct Jury {
    struct Candidate {
        var best: RawReading
        var text: String
        /// The same for the same code, whichever way an engine writes it.
        var key: String
        var engines: Set<Engine> = []
        var looks: Set<Int> = []
        var lines = 0
        var place: Quadrilateral
    }

    private(set) var candidates: [Candidate] = []
    /// How much one engine must show alone.
    let demand: Demand

    enum Demand {
        /// Looks at one picture: they have its faults in common.
        case still
        /// Looks at frames, each with a noise of its own.
        case frames
    }

    init(_ demand: Demand) {
        self.demand = demand
    }

    mutating func hear(_ readings: [RawReading], look: Int) {
        for reading in readings where Self.isSound(reading) {
            add(reading, look)
        }
    }

    private mutating func add(_ reading: RawReading, _ look: Int) {
        let text = Self.text(of: reading)
        let key = Self.key(of: reading, text)
        let index = candidates.firstIndex {
            $0.key == key && Self.isSameKind($0.best.symbology, reading.symbology)
                && $0.place.meets(reading.place)
        }
        guard let index else {
            candidates.append(
                Candidate(
                    best: reading, text: text, key: key, engines: [reading.engine],
                    looks: [look], lines: reading.lines, place: reading.place))
            return
        }
        candidates[index].engines.insert(reading.engine)
        candidates[index].looks.insert(look)
        candidates[index].lines += reading.lines
        if Self.tellsMore(reading, than: candidates[index].best) {
            candidates[index].best = reading
        }
        if demand == .frames || !reading.symbology.isLinear {
            candidates[index].place = reading.place
        }
    }

    /// ZXing tells more about what a matrix code is; UPC-A is the narrower name.
    private static func tellsMore(_ reading: RawReading, than other: RawReading) -> Bool {
        guard reading.symbology.isLinear else {
            return reading.engine == .zxing && other.engine == .zbar
        }
        return reading.symbology == .upcA && other.symbology == .ean13
    }

    static func text(of reading: RawReading) -> String {
        reading.declaredText
            ?? CharacterSet.text(of: reading.bytes, isQR: reading.symbology == .qr)
    }

    /// A UPC-A is an EAN-13 that begins with 0, and DataBar comes with its AI or without.
    private static func key(of reading: RawReading, _ text: String) -> String {
        switch reading.symbology {
        case .ean13, .upcA:
            return String(repeating: "0", count: max(13 - text.utf8.count, 0)) + text
        case .dataBar where text.utf8.count == 16 && text.hasPrefix("01"):
            return String(text.dropFirst(2))
        case .codabar: return text.uppercased()
        default: return text
        }
    }

    private static func isSameKind(_ one: Symbology, _ other: Symbology) -> Bool {
        one == other || [one, other].allSatisfy { $0 == .ean13 || $0 == .upcA }
    }
}

extension Jury {
    /// What a code of its kind must be, whoever read it.
    static func isSound(_ reading: RawReading) -> Bool {
        let text = String(decoding: reading.bytes, as: UTF8.self)
        switch reading.symbology {
        case .ean13, .ean8, .upcA: return CheckDigit.isRight(in: text)
        case .dataBar: return CheckDigit.isRight(in: text.suffix(14))
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

    /// What is believed and was seen in one look.
    func verdict(seenIn look: Int) -> [CodeReading] {
        candidates.indices.filter { candidates[$0].looks.contains(look) && isBelieved($0) }
            .map { reading(candidates[$0]) }
    }

    /// Forgets what no look since this one has shown.
    mutating func forget(before look: Int) {
        candidates.removeAll { ($0.looks.max() ?? 0) < look }
    }

    private func reading(_ candidate: Candidate) -> CodeReading {
        // The data of DataBar begins with its application identifier; ZXing 1.4 leaves it out.
        let lacksAI = candidate.best.symbology == .dataBar && candidate.best.bytes.count == 14
        return CodeReading(
            symbology: candidate.best.symbology, aim: candidate.best.aim,
            bytes: (lacksAI ? Array("01".utf8) : []) + candidate.best.bytes,
            text: (lacksAI ? "01" : "") + candidate.text, place: candidate.place,
            evidence: CodeReading.Evidence(
                engines: candidate.engines, looks: candidate.looks.count, lines: candidate.lines,
                isSelfChecking: !candidate.best.symbology.isLinear
                    || candidate.best.symbology.carriesGTIN))
    }

    private func isBelieved(_ index: Int) -> Bool {
        let candidate = candidates[index]
        guard hasEvidence(candidate) else { return false }
        return !candidates.indices.contains { other in
            other != index && isHeard(candidates[other], beside: candidate)
                && refutes(candidates[other], candidate)
        }
    }

    /// Whether one candidate is still there to speak against another: in a stream, a label may lie
    /// where another lay a moment ago.
    private func isHeard(_ other: Candidate, beside candidate: Candidate) -> Bool {
        guard demand == .frames else { return true }
        let silent = (candidate.looks.max() ?? 0) - (other.looks.max() ?? 0)
        return silent <= (candidate.engines.count > 1 ? 0 : Self.silenceLimit)
    }

    /// In looks, against what one engine says alone.
    private static var silenceLimit: Int { 2 }
}
