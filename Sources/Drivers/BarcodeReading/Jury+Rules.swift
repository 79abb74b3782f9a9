import Barcodes

extension Jury {
    /// Whether enough speaks for a candidate, were it alone.
    func hasEvidence(_ candidate: Candidate) -> Bool {
        let symbology = candidate.best.symbology
        guard symbology.isLinear else { return true }
        if candidate.engines.count > 1 { return agreedEvidence(candidate) }
        let needed = loneEvidence(for: symbology)
        return candidate.looks.count >= needed.looks && candidate.lines >= needed.lines
    }

    private func agreedEvidence(_ candidate: Candidate) -> Bool {
        switch candidate.best.symbology {
        case .itf, .codabar: candidate.looks.count >= 2 && candidate.lines >= 5
        default: true
        }
    }

    /// What one engine must show when the other sees nothing.
    private func loneEvidence(for symbology: Symbology) -> (looks: Int, lines: Int) {
        let isStill = demand == .still
        switch symbology {
        // A check over all characters, modulo 103 or 47 twice.
        case .code128, .code93: return (isStill ? 1 : 2, 3)
        // A check modulo 211.
        case .dataBarExpanded: return (1, 2)
        case .ean13, .upcA: return isStill ? (3, 24) : (2, 8)
        case .dataBar, .ean8: return (2, 12)
        case .upcE: return isStill ? (3, 24) : (3, 16)
        // No check of its own.
        case .code39: return (2, 4)
        default: return (isStill ? 2 : 3, 6)
        }
    }

    /// Whether one candidate speaks against another at the same spot.
    func refutes(_ other: Candidate, _ candidate: Candidate) -> Bool {
        guard other.place.meets(candidate.place), other.key != candidate.key else { return false }
        let (mine, theirs) = (candidate.best.symbology, other.best.symbology)
        guard mine.isLinear else { return false }
        if !theirs.isLinear { return other.place.covers(candidate.place) }
        if rank(theirs) > rank(mine) { return hasEvidence(other) }
        if rank(theirs) < rank(mine) { return false }
        if mine == .code128, isStripped(candidate, other) { return true }
        if mine == .code128, isStripped(other, candidate) { return false }
        if mine == .itf, other.text.utf8.count > candidate.text.utf8.count {
            return other.text.contains(candidate.text)
        }
        return weight(other) * 3 > weight(candidate)
    }

    /// libzbar drops FNC4, which lifts a character of Code 128 above ASCII.
    private func isStripped(_ candidate: Candidate, _ whole: Candidate) -> Bool {
        whole.best.bytes.contains { $0 >= 0x80 }
            && whole.best.bytes.map { $0 & 0x7F } == candidate.best.bytes
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
