/// The two check characters of a GMN: a sum weighted by primes, modulo 1021.
///
/// Source: GS1 General Specifications, section 7.9.5.
enum CheckPair {
    static func finding(in field: Field) -> Finding? {
        let length = field.count - 2
        if length < 0 { return Finding(.tooShortForCheckPair, in: field) }
        if length > primes.count {
            return Finding(.tooLongForCheckPairImplementation, in: field)
        }
        var sum = 0
        for position in 0..<length {
            guard let value = Repertoire.cset82Characters.firstIndex(of: field[position]) else {
                return Finding(.invalidCSET82Character, at: field.character(at: position))
            }
            sum += value * primes[length - 1 - position]
        }
        sum %= 1021
        let isRight =
            field[length] == characters[sum >> 5] && field[length + 1] == characters[sum & 31]
        return isRight ? nil : Finding(.incorrectCheckPair, at: length..<length + 2)
    }

    /// GS1 AI encodable character set 32: no `0`, `1`, `I` or `O`, which look alike.
    private static let characters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

    /// The first 97, enough for the longest value there is.
    private static let primes: [Int] = {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < 97 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes
    }()
}
