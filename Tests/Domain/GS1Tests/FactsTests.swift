import Barcodes
import Testing

@testable import GS1

@Suite struct FactsTests {
    @Test func namesWhatAnOperatorAsksFor() throws {
        let string = try ElementString(
            bracketed: "(01)04006381333931(10)L1(21)S1(17)270200(15)270115(30)7(414)4006381333931")
        #expect(string.gtin?.digits == "04006381333931")
        #expect(string.lot == "L1")
        #expect(string.serial == "S1")
        #expect(string.quantity == 7)
        #expect(string.locationNumber == "4006381333931")
        #expect(string.expiry(currentYear: 2026)?.description == "2027-02-28")
        #expect(string.bestBefore(currentYear: 2026)?.description == "2027-01-15")
        #expect(string.sscc == nil && string.containedGTIN == nil)
    }

    @Test func tellsPalletFromContent() throws {
        let string = try ElementString(bracketed: "(00)106141412345678908(02)04006381333931(37)48")
        #expect(string.sscc?.digits == "106141412345678908")
        #expect(string.containedGTIN?.digits == "04006381333931")
        #expect(string.gtin == nil)
        #expect(string.quantity == 48)
    }

    static let years: [(digits: String, currentYear: Int, date: String?)] = [
        ("750101", 2026, "2075-01-01"), ("760101", 2026, "2076-01-01"),
        ("770101", 2026, "1977-01-01"), ("990101", 2026, "1999-01-01"),
        ("000229", 2026, "2000-02-29"), ("490101", 2099, "2149-01-01"),
        ("500101", 2099, "2050-01-01"), ("480101", 2099, "2148-01-01"),
        ("240200", 2026, "2024-02-29"), ("270230", 2026, nil), ("271301", 2026, nil),
        ("27010", 2026, nil), ("27010A", 2026, nil), ("270101", 0, nil),
    ]

    @Test(arguments: years)
    func takesTheNearestYear(digits: String, currentYear: Int, date: String?) {
        let read = CalendarDate(sixDigits: digits, currentYear: currentYear)
        #expect(read?.description == date)
    }

    /// GS1 General Specifications, section 7.12: no more than 49 years back, 50 ahead.
    @Test func staysWithinHalfACentury() {
        for current in 1950...2200 {
            for twoDigits in 0...99 {
                let year = CalendarDate.fullYear(twoDigits, currentYear: current)
                #expect((-49...50).contains(year - current) && year % 100 == twoDigits)
            }
        }
    }

    static let measures: [(text: String, quantity: String, unit: String, value: String)] = [
        ("(3103)000195", "NET WEIGHT", "kg", "0.195"), ("(3100)000195", "NET WEIGHT", "kg", "195"),
        ("(3305)123456", "GROSS WEIGHT", "kg", "1.23456"),
        ("(3602)000150", "NET VOLUME", "qt (US)", "1.50"),
        ("(3372)001234", "KG PER m²", "kg/m²", "12.34"),
        ("(3322)000001", "WIDTH", "m", "0.01"),
    ]

    @Test(arguments: measures)
    func readsMeasures(text: String, quantity: String, unit: String, value: String) throws {
        let measure = try #require(try ElementString(bracketed: text).measures.first)
        #expect(measure.quantity == quantity)
        #expect(measure.unit == unit)
        #expect(measure.value.description == value)
        #expect(measure.isLogistic == ["WIDTH"].contains(quantity))
    }

    static let prices: [(text: String, kind: Price.Kind, value: String, currency: String?)] = [
        ("(3922)1299", .item, "12.99", nil), ("(3932)9781299", .item, "12.99", "978"),
        ("(3903)1", .amount, "0.001", nil), ("(3910)9785", .amount, "5", "978"),
        ("(3941)0125", .percentOff, "12.5", nil), ("(3952)000399", .perUnit, "3.99", nil),
        ("(8005)000399", .perUnit, "399", nil),
    ]

    @Test(arguments: prices)
    func readsPrices(
        text: String, kind: Price.Kind, value: String, currency: String?
    ) throws {
        let price = try #require(try ElementString(bracketed: text).prices.first)
        #expect(price.kind == kind)
        #expect(price.value.description == value)
        #expect(price.currency == currency)
    }

    static let numbers: [(pattern: String, gtin: String, item: String?, value: String?)] = [
        ("22IIIIIPPP.PPC", "2212345012995", "2212345", "12.99"),
        ("21IIIIIVWW.WWC", "2112345915001", "2112345", "15.00"),
        ("2IIIIIIQQQQQC", "2123456000052", "2123456", "5"),
        ("2IIIIIVPP.PPC", "212345612990", "212345", "12.99"),
        ("23IIIIIPPP.PPC", "2212345012995", nil, nil),
        ("22IIIIIPPP.PPC", "4006381333931", nil, nil),
        ("2IIIIIVPP.PPC", "2212345012995", nil, nil),
    ]

    @Test(arguments: numbers)
    func readsShopsOwnNumbers(
        pattern: String, gtin: String, item: String?, value: String?
    ) throws {
        let digits = gtin.dropLast() + String(CheckDigit.following(gtin.dropLast()) ?? 0)
        let reading = try VariableMeasurePattern(pattern).reading(of: #require(GTIN(digits)))
        #expect(reading?.item == item)
        #expect(reading?.value.description == value)
    }

    @Test(arguments: [
        "", "22IIIIIPPP.PP", "IIIIIIIPPPPPC", "2IIIIIPPPWWWC", "22IIIIIIIIIIC", "22PPPPPPPPPPC",
        "22IIIIIPPPPP.C", "22IIIIIP.P.PPPC", "22IIIIIPPPPPX", "22IIIIIPPPPPCC",
    ])
    func refusesOddPatterns(_ pattern: String) {
        let fault = #expect(throws: SyntaxFault.self) { try VariableMeasurePattern(pattern) }
        #expect(fault?.code == .malformedPattern)
    }
}
