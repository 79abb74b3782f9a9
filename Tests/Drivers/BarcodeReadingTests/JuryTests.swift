import Barcodes
import Testing

@testable import BarcodeReading

@Suite struct JuryTests {
    private func reading(
        _ text: String, _ symbology: Symbology = .ean13, _ engine: Engine = .zbar, lines: Int = 30,
        x: Float = 0
    ) -> RawReading {
        RawReading(
            symbology: symbology, aim: "]E0", bytes: Array(text.utf8), engine: engine,
            lines: lines, place: Quadrilateral([[x, 0], [x + 100, 0], [x + 100, 40], [x, 40]]))
    }

    private func believed(_ looks: [[RawReading]], _ demand: Jury.Demand = .still) -> [String] {
        var jury = Jury(demand)
        for (index, readings) in looks.enumerated() { jury.hear(readings, look: index) }
        return jury.verdict().map(\.text).sorted()
    }

    private let good = "4006381333931"
    private let other = "5901234123457"

    @Test func twoEnginesAreBelievedAtOnce() {
        #expect(believed([[reading(good), reading(good, .ean13, .zxing)]]) == [good])
    }

    @Test func oneEngineMustShowItAgain() {
        #expect(believed([[reading(good)]]) == [])
        #expect(believed([[reading(good)], [reading(good)]]) == [])
        #expect(believed([[reading(good)], [reading(good)], [reading(good)]]) == [good])
        #expect(believed([[reading(good)], [reading(good)]], .frames) == [good])
        let thin = reading(good, lines: 3)
        #expect(believed([[thin], [thin]], .frames) == [])
    }

    @Test func aWrongCheckDigitIsNothing() {
        let wrong = "4006381333932"
        #expect(believed([[reading(wrong), reading(wrong, .ean13, .zxing)]]) == [])
    }

    @Test func differingCodesInOnePlaceVetoEachOther() {
        let looks = Array(repeating: [reading(good), reading(other)], count: 4)
        #expect(believed(looks) == [])
    }

    @Test func inTwoPlacesBothAreRight() {
        let looks = Array(repeating: [reading(good), reading(other, x: 300)], count: 4)
        #expect(believed(looks) == [good, other].sorted())
    }

    @Test func aLongerITFBeatsItsPart() {
        let whole = reading("00012345678905", .itf)
        let part = reading("345678", .itf)
        #expect(believed(Array(repeating: [whole, part], count: 3)) == ["00012345678905"])
    }

    @Test func weakSymbologiesYieldToStrongOnes() {
        let looks = Array(
            repeating: [
                reading(good), reading(good, .ean13, .zxing), reading("02212166", .upcE),
                reading("123456", .itf),
            ], count: 4)
        #expect(believed(looks) == [good])
    }

    @Test func aMatrixCodeCorrectsItself() {
        #expect(believed([[reading("x", .qr)]]) == ["x"])
    }

    @Test func libzbarsStrippedCode128IsCorrected() {
        let whole = RawReading(
            symbology: .code128, aim: "]C0", bytes: [0x4B, 0xE4, 0x73, 0x65], engine: .zxing,
            lines: 9, place: reading(good).place)
        let looks = Array(repeating: [reading("Kdse", .code128), whole], count: 3)
        #expect(believed(looks) == ["Käse"])
    }

    @Test func dataBarBeginsWithItsIdentifier() {
        let bare = reading("04412345678909", .dataBar, .zxing)
        let whole = reading("0104412345678909", .dataBar)
        #expect(believed([[bare, whole]]) == ["0104412345678909"])
    }

    @Test func whatIsNotSeenAgainIsForgotten() {
        var jury = Jury(.frames)
        jury.hear([reading(good)], look: 1)
        jury.forget(before: 2)
        jury.hear([reading(good)], look: 3)
        #expect(jury.verdict().isEmpty)
    }
}
