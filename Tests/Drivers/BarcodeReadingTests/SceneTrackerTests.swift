import BarcodeReading
import Barcodes
import Testing

@Suite struct SceneTrackerTests {
    private func code(_ text: String, x: Float = 0) -> CodeReading {
        CodeReading(
            symbology: .ean13, aim: "]E0", bytes: Array(text.utf8), text: text,
            place: Quadrilateral([[x, 0], [x + 100, 0], [x + 100, 40], [x, 40]]),
            evidence: .init(engines: [.zbar], looks: 2, lines: 20, isSelfChecking: true))
    }

    private func outcome(_ codes: [CodeReading], unchanged: Bool = false) -> FrameReader.Outcome {
        FrameReader.Outcome(isUnchanged: unchanged, codes: codes, spent: .zero)
    }

    @Test func aCodeInViewIsToldOnce() {
        var tracker = SceneTracker()
        #expect(tracker.see(outcome([code("1")]), at: .seconds(0)).count == 1)
        for tick in 1..<50 {
            let time = Duration.milliseconds(tick * 100)
            #expect(tracker.see(outcome([code("1", x: Float(tick * 8))]), at: time).isEmpty)
        }
    }

    @Test func anUnchangedFrameKeepsItInView() {
        var tracker = SceneTracker()
        _ = tracker.see(outcome([code("1")]), at: .seconds(0))
        for second in 1..<60 {
            _ = tracker.see(outcome([], unchanged: true), at: .seconds(second))
        }
        #expect(tracker.see(outcome([code("1")]), at: .seconds(60)).isEmpty)
    }

    @Test func whatWasAwayForLongIsToldAgain() {
        var tracker = SceneTracker(.init(absence: .seconds(1)))
        _ = tracker.see(outcome([code("1")]), at: .seconds(0))
        #expect(tracker.see(outcome([code("1")]), at: .seconds(1)).isEmpty)
        #expect(tracker.see(outcome([code("1")]), at: .milliseconds(2001)).count == 1)
    }

    @Test func equalCodesAreOneUnlessCounted() {
        let pair = outcome([code("1"), code("1", x: 400)])
        var tracker = SceneTracker()
        #expect(tracker.see(pair, at: .zero).count == 1)
        var counting = SceneTracker(.init(countsEach: true))
        #expect(counting.see(pair, at: .zero).count == 2)
        #expect(counting.see(pair, at: .milliseconds(100)).isEmpty)
    }
}
