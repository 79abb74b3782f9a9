/// What a synthesiser writes to a pipe: RIFF/WAVE, one channel of 16 bits, whose header does not
/// know how long it will be.
struct WaveSound: Equatable {
    let rate: Int
    let samples: [Int16]

    init(_ bytes: [UInt8]) throws(SpeechMaker.Failure) {
        guard bytes.count > 12, bytes.starts(with: "RIFF".utf8) else {
            throw .failed("it wrote no sound")
        }
        var rate: Int?
        var rest = bytes[12...]
        while rest.count >= 8 {
            let name = rest.prefix(4)
            let length = Self.number(rest.dropFirst(4), bytes: 4)
            let content = rest.dropFirst(8)
            if name.elementsEqual("data".utf8), let rate {
                self.rate = rate
                samples = stride(from: content.startIndex, to: content.endIndex - 1, by: 2).map {
                    Int16(bitPattern: UInt16(content[$0]) | UInt16(content[$0 + 1]) << 8)
                }
                return
            }
            if name.elementsEqual("fmt ".utf8), content.count >= 16 {
                let isPlain = Self.number(content, bytes: 2) == 1
                let isMono = Self.number(content.dropFirst(2), bytes: 2) == 1
                let isWide = Self.number(content.dropFirst(14), bytes: 2) == 16
                let number = Self.number(content.dropFirst(4), bytes: 4)
                guard isPlain, isMono, isWide, (8000...192_000).contains(number) else {
                    throw .failed("it wrote a sound of another kind")
                }
                rate = number
            }
            rest = content.dropFirst(length)
        }
        throw .failed("it wrote no sound")
    }

    private static func number(_ bytes: ArraySlice<UInt8>, bytes count: Int) -> Int {
        bytes.prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// In a straight line between two samples: speech has little where that would be heard.
    func samples(rate wanted: Int, volume: Int) -> [Int16] {
        guard samples.count > 1 else { return [] }
        let gain = Double(min(max(volume, 0), 100)) / 100
        let count = (samples.count - 1) * wanted / rate
        return (0..<count).map { index in
            let place = Double(index) * Double(rate) / Double(wanted)
            let left = min(Int(place), samples.count - 2)
            let part = place - Double(left)
            let value = Double(samples[left]) * (1 - part) + Double(samples[left + 1]) * part
            return Int16((value * gain).rounded())
        }
    }
}
