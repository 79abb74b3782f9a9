import Barcodes

extension Field {
    var dropFirst: Field { self[min(1, count)..<count] }

    func isOne(of characters: String) -> Bool {
        count == 1 && characters.utf8.contains(self[0])
    }

    func isAll(_ character: Unicode.Scalar) -> Bool {
        allSatisfy { $0 == UInt8(ascii: character) }
    }

    var digitFinding: Finding? {
        firstPosition { !$0.isDigit }.map { Finding(.nonDigitCharacter, at: character(at: $0)) }
    }

    /// GS1 General Specifications, section 7.9.1.
    var checkDigitFinding: Finding? {
        if isEmpty { return Finding(.tooShortForCheckDigit, in: self) }
        if let finding = digitFinding { return finding }
        return isCheckDigitRight ? nil : Finding(.incorrectCheckDigit, at: count - 1)
    }

    /// The digit that belongs at the end; nil when there is no such thing.
    var rightCheckDigit: UInt8? {
        CheckDigit.following(self[0..<max(0, count - 1)].text)
    }

    private var isCheckDigitRight: Bool {
        var sum = 0
        for position in 0..<count {
            sum += self[position].digit * ((count - position) % 2 == 0 ? 3 : 1)
        }
        return sum % 10 == 0
    }

    /// No list of company prefixes is at hand: only what holds for all of them is checked.
    var companyPrefixFinding: Finding? {
        let shortest = 4
        if count < shortest { return Finding(.tooShortForGCP, in: self) }
        return self[0..<shortest].firstPosition { !$0.isDigit }
            .map { Finding(.invalidGCPPrefix, at: character(at: $0)) }
    }

    var nonzeroFinding: Finding? {
        digitFinding ?? (isAll("0") ? Finding(.illegalZeroValue, in: self) : nil)
    }

    var zeroPrefixFinding: Finding? {
        digitFinding ?? (hasZeroPrefix ? Finding(.illegalZeroPrefix, at: 0) : nil)
    }

    private var hasZeroPrefix: Bool { count > 1 && self[0] == UInt8(ascii: "0") }

    var importerFinding: Finding? {
        if isEmpty || character(at: 0).count < count {
            return Finding(.importerIdxMustBeOneCharacter, in: self)
        }
        let isRight = self[0].isDigit || self[0].isLetter || isOne(of: "-_")
        return isRight && count == 1 ? nil : Finding(.invalidImportIdxCharacter, in: self)
    }

    var percentFinding: Finding? {
        var position = 0
        while position < count {
            if self[position] == UInt8(ascii: "%") {
                let end = min(position + 3, count)
                let digits = self[position + 1..<end]
                guard digits.count == 2, digits.allSatisfy(\.isHexDigit) else {
                    return Finding(.invalidPercentSequence, at: position..<end)
                }
            }
            position += 1
        }
        return nil
    }

    /// `0103`: piece 1 of 3, both halves of one length.
    var pieceOfTotalFinding: Finding? {
        if isEmpty || count % 2 != 0 { return Finding(.invalidLengthForPieceOfTotal, in: self) }
        if let finding = digitFinding { return finding }
        let half = count / 2
        let (piece, total) = (self[0..<half], self[half..<count])
        if piece.isAll("0") { return Finding(.zeroPieceNumber, at: 0..<half) }
        if total.isAll("0") { return Finding(.zeroTotalPieces, at: half..<count) }
        return total.bytes.lexicographicallyPrecedes(piece.bytes)
            ? Finding(.pieceNumberExceedsTotal, in: self) : nil
    }

    /// `2/3`: the second of three.
    var positionInSequenceFinding: Finding? {
        let parts = bytes.split(
            separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) })
        else { return Finding(.positionInSequenceMalformed, in: self) }
        let (position, end) = (Field(parts[0]), Field(parts[1]))
        if position[0] == UInt8(ascii: "0") {
            return Finding(.illegalZeroPrefix, at: 0..<position.count)
        }
        if end[0] == UInt8(ascii: "0") {
            return Finding(.illegalZeroPrefix, at: position.count + 1..<count)
        }
        let exceeds =
            position.count == end.count
            ? end.bytes.lexicographicallyPrecedes(position.bytes) : position.count > end.count
        return exceeds ? Finding(.positionExceedsEnd, in: self) : nil
    }

    /// Ten digits of degrees from a pole or from the antimeridian, times ten million.
    func angleFinding(_ limit: Int, _ wrongLength: FaultCode, _ tooLarge: FaultCode) -> Finding? {
        if count != 10 { return Finding(wrongLength, in: self) }
        return digitFinding ?? (number > limit ? Finding(tooLarge, in: self) : nil)
    }
}
