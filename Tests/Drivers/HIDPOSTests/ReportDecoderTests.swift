import ScanTesting
import Testing

@testable import HIDPOS

@Suite struct ReportDecoderTests {
    typealias Step = ReportDecoder.Step

    @Test func readsWhatTheDescriptorSays() throws {
        let descriptor = try ReportDescriptor(SampleDescriptors.a)
        #expect(descriptor.applications == [ScannerUsage.scanner])
        #expect(descriptor.lengthBytes(of: .input, 2) == 63)
        #expect(descriptor.lengthBytes(of: .output, 4) == 1)
        let layout = try #require(ScanLayout.all(in: descriptor).first)
        #expect(layout.reportID == 2)
        #expect(layout.data.bitOffset == 32 && layout.data.count == 56)
        #expect(layout.symbology.map(\.index) == [0, 1, 2])
        #expect(layout.continued?.field.bitOffset == 62 * 8)
    }

    static let codes: [(layout: String, report: [UInt8], step: Step?)] = [
        ("A", reportA("4006381333931"), .code(Array("4006381333931".utf8), aim: "]E0")),
        ("A", reportA("A\u{1D}B", aim: "]d2"), .code([0x41, 0x1D, 0x42], aim: "]d2")),
        ("A", reportA("42\r", aim: ""), .code(Array("42".utf8), aim: nil)),
        ("A", reportA("42\r\n", aim: "]C0"), .code(Array("42".utf8), aim: "]C0")),
        ("A", reportA(""), nil),
        ("A", reportA("42", shift: 1), .code(Array("42".utf8), aim: "]E0")),
        ("A", [2, 57] + [UInt8](repeating: 0x31, count: 62), .discarded(.malformed)),
        ("A", [2], .discarded(.malformed)),
        ("A", [9, 1, 2, 3], nil),
        (
            "B", [2, 3] + Array("123".utf8) + [UInt8](repeating: 0, count: 59),
            .code([0x31, 0x32, 0x33], aim: nil)
        ),
        (
            "C", [1, 2] + Array("42".utf8) + [UInt8](repeating: 0, count: 60),
            .code([0x34, 0x32], aim: nil)
        ),
        ("unnamed", Array(reportA("77").dropFirst()).map { $0 }, .code([0x37, 0x37], aim: "]E0")),
    ]

    @Test(arguments: codes)
    func decodes(layout: String, report: [UInt8], step: Step?) throws {
        var decoder = try Self.decoder(layout)
        #expect(decoder.push(report) == step)
    }

    @Test func aLongCodeComesInParts() throws {
        var decoder = try Self.decoder("A")
        let part = String(repeating: "7", count: 56)
        #expect(decoder.push(reportA(part, aim: "]Q1", isContinued: true)) == nil)
        #expect(decoder.isWaitingForMore)
        #expect(decoder.push(reportA(part, aim: "", isContinued: true)) == nil)
        let whole = Array((part + part + "end").utf8)
        #expect(decoder.push(reportA("end", aim: "")) == .code(whole, aim: "]Q1"))
        #expect(!decoder.isWaitingForMore)
    }

    @Test func aPartThatNeverComesCostsItsCodeAlone() throws {
        var decoder = try Self.decoder("A")
        #expect(decoder.quiet() == nil)
        _ = decoder.push(reportA("begin", isContinued: true))
        #expect(decoder.quiet() == .discarded(.unfinished))
        #expect(decoder.push(reportA("42")) == .code(Array("42".utf8), aim: "]E0"))
    }

    @Test func theLimitIsAllowedAndOneByteMoreIsNot() throws {
        for (limit, isAllowed) in [(58, true), (57, false)] {
            var decoder = try Self.decoder("A", limit: limit)
            let part = String(repeating: "7", count: 56)
            #expect(decoder.push(reportA(part, isContinued: true)) == nil)
            let step = decoder.push(reportA("42"))
            #expect((step == .discarded(.tooLong(limitBytes: limit))) == !isAllowed)
            #expect(decoder.push(reportA("1")) == .code([0x31], aim: "]E0"))
        }
    }

    /// Whatever is flipped in a descriptor, it is read or refused, and what is read stays in bounds.
    @Test(arguments: UInt64(0)..<400)
    func survivesAnyDescriptorAndAnyReport(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let samples = [SampleDescriptors.a, SampleDescriptors.b, SampleDescriptors.keyboard]
        var bytes = random.pick(samples)
        for _ in 0...random.below(6) { Self.mutate(&bytes, &random) }
        guard let descriptor = try? ReportDescriptor(bytes) else { return }
        #expect(descriptor.fields.count <= ReportDescriptor.fieldLimit)
        var decoder = ReportDecoder(layouts: ScanLayout.all(in: descriptor), lengthLimitBytes: 100)
        for _ in 0..<50 {
            var report =
                random.chance(50) ? reportA("4006381333931") : random.bytes(random.below(80))
            if !report.isEmpty, random.chance(50) {
                report[random.below(report.count)] = UInt8(random.below(256))
            }
            if case .code(let code, _) = decoder.push(report) { #expect(code.count <= 100) }
            if random.chance(10) { _ = decoder.quiet() }
        }
        let signals = VerdictSignals(descriptor)
        for request in signals.requests(for: .error) {
            #expect(request.report(over: random.bytes(9)).count == request.lengthBytes + 1)
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func survivesNoiseForADescriptor(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        _ = try? ReportDescriptor(random.bytes(random.below(4097)))  // Refused or read.
    }

    static let faults: [(bytes: [UInt8], fault: ReportDescriptor.Fault)] = [
        ([0x05], .truncated), ([0x26, 0xFF], .truncated), ([0xFE, 0x05, 0x01], .truncated),
        ([0xC0], .unbalanced), ([0xB4], .unbalanced),
        ([0x77, 0xFF, 0xFF, 0xFF, 0x7F, 0x97, 0xFF, 0xFF, 0xFF, 0x7F, 0x81, 0x02], .tooLarge),
        ([UInt8](repeating: 0xA4, count: 17), .tooLarge),
        ([0x1A, 0x00, 0x00, 0x2A, 0xFF, 0xFF], .tooLarge),
    ]

    @Test(arguments: faults)
    func refuses(bytes: [UInt8], fault: ReportDescriptor.Fault) {
        #expect(throws: fault) { try ReportDescriptor(bytes) }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8(random.below(256)), at: place)
        }
        if bytes.isEmpty { bytes = [0] }
    }

    private static func decoder(_ layout: String, limit: Int = 8192) throws -> ReportDecoder {
        let bytes =
            switch layout {
            case "A": SampleDescriptors.a
            case "B": SampleDescriptors.b
            case "C": SampleDescriptors.c
            default: SampleDescriptors.unnamed
            }
        let layouts = ScanLayout.all(in: try ReportDescriptor(bytes))
        return ReportDecoder(layouts: layouts, lengthLimitBytes: limit)
    }
}
