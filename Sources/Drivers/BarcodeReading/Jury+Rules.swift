import Barcodes

extension Jury {
    /// Whether enough speaks for a candidate, were it alone.
    func hasEvidence(_ candidate: Candidate) -> Bool {
        let symbology = candidate.best.symbology
        guard symbology.isLinear else { return true }
        if candidate.engines.count > 1 { return agreedEvidence(candidate) }
        let needed = Self.loneEvidence(for: symbology, reading: engines)
        return candidate.looks.count >= needed.looks && candidate.lines >= needed.lines
    }

    private func agreedEvidence(_ candidate: Candidate) -> Bool {
        switch candidate.best.symbology {
        case .itf, .codabar: candidate.looks.count >= 2 && candidate.lines >= 5
        default: true
        }
    }

    /// What one engine must show when the other sees nothing.
    private static func loneEvidence(
        for symbology: Symbology, reading engines: Set<Engine>
    ) -> (looks: Int, lines: Int) {
        switch symbology {
        // A check over all characters, modulo 103 or 47 twice.
        case .code128, .code93: (1, 3)
        // A check modulo 211.
        case .dataBarExpanded: (1, 2)
        case .dataBar: (2, 6)
        case .ean13, .upcA: (2, 8)
        case .ean8: (2, 12)
        case .upcE: (2, 16)
        // No check of its own.
        case .code39: (2, 4)
        default: (2, 6)
        }
    }

    /// Whether one candidate speaks against another at the same spot.
    func refutes(_ other: Candidate, _ candidate: Candidate) -> Bool {
        guard other.place.meets(candidate.place), other.text != candidate.text else { return false }
        let (mine, theirs) = (candidate.best.symbology, other.best.symbology)
        guard mine.isLinear else { return false }
        if !theirs.isLinear { return other.place.covers(candidate.place) }
        if rank(theirs) > rank(mine) { return hasEvidence(other) }
        if rank(theirs) < rank(mine) { return false }
        if mine == .itf, other.text.utf8.count > candidate.text.utf8.count {
            return other.text.contains(candidate.text)
        }
        return weight(other) * 3 > weight(candidate)
    }

    /// Symbologies that are read into the bars of others stand low.
    private func rank(_ symbology: Symbology) -> Int {
        switch symbology {
        case .code128, .code93, .dataBarExpanded, .ean13, .upcA: 3
        case .code39, .dataBar: 2
        case .codabar, .ean8, .upcE: 1
        default: 0
        }
    }

    private func weight(_ candidate: Candidate) -> Int {
        candidate.looks.count * candidate.engines.count * candidate.engines.count
    }
}
