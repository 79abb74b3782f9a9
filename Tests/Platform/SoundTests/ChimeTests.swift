import Sound
import Testing

@Suite struct ChimeTests {
    private static let note = Chime.Note(
        pitch: 1000, start: .milliseconds(10), length: .milliseconds(50))

    @Test(arguments: [Chime.Colour.bell, .reed])
    func beginsAndEndsAtNothing(colour: Chime.Colour) {
        let samples = Chime([Self.note], colour: colour).samples(rate: 48_000, volume: 1)
        #expect(samples.count == 48 * 60)
        #expect(samples.prefix(480).allSatisfy { $0 == 0 })
        #expect(abs(Int(samples.last ?? 1)) < 300)
        #expect(samples.contains { abs(Int($0)) > 8000 })
    }

    @Test func notesTogetherDoNotClip() {
        let chord = Chime(Array(repeating: Self.note, count: 8))
        let loudest = chord.samples(rate: 48_000, volume: 1).map { abs(Int($0)) }.max() ?? 0
        #expect(loudest <= Int(Int16.max) && loudest > 30_000)
    }

    @Test func volumeStaysWithinItsBounds() {
        let chime = Chime([Self.note])
        #expect(
            chime.samples(rate: 8000, volume: 5) == chime.samples(rate: 8000, volume: 1))
        #expect(chime.samples(rate: 8000, volume: -1).allSatisfy { $0 == 0 })
    }

    @Test func nothingIsSilence() {
        #expect(Chime([]).samples(rate: 48_000, volume: 1) == [])
    }
}
