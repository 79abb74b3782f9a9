import DriverKit
import EmulatedNFC
import Foundation
import ScanTesting
import Testing

@testable import NFC

/// A reader that says anything: the process may end, the next one works.
///
/// `NFC_FUZZ_SEEDS` says how many; `NFC_FUZZ_SEED` is the first.
@Suite struct LinkFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    static let first = environment["NFC_FUZZ_SEED"].flatMap { UInt64($0) } ?? 0
    static let count = environment["NFC_FUZZ_SEEDS"].flatMap { UInt64($0) } ?? 3

    @Test(arguments: first..<first + count)
    func aReaderMaySayAnything(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let till = try Till()
        for round in 0..<4 where till.run.ending == nil {
            for _ in 0..<random.below(4) + 1 { spoil(till.reader, &random) }
            let kind = random.pick(["ntag213", "type4", "felica", "classic"])
            till.reader.place(try TagSpecification("\(kind):text=FUZZ").tag, as: "a")
            let before = till.run.count + till.run.refusals.count
            _ = eventually(within: .seconds(3)) {
                till.run.ending != nil || till.run.count + till.run.refusals.count > before
            }
            if round.isMultiple(of: 2) { till.reader.remove("a") }
        }
        till.run.stop()
        if case .failed(let fault) = till.run.ending {
            #expect(
                [.driverExited, .driverHung, .unplugged, .missing].contains(fault.code),
                "seed \(seed): \(fault)")
        }
        try till.expectRecovery()
    }

    private func spoil(_ reader: EmulatedReader, _ random: inout SplitMix64) {
        let command = random.pick([0x32, 0x40, 0x42, 0x44, 0x4A, 0x52].map { UInt8($0) })
        let fault: LinkFault =
            switch random.below(5) {
            case 0: .status(UInt8(random.below(256)))
            case 1: .payload([])
            case 2: .payload([UInt8(random.below(4))] + random.bytes(random.below(60)))
            case 3: .payload(random.bytes(random.below(262)))
            default: random.pick(LinkFault.ofTheLink)
            }
        reader.spoil(fault, command: command, count: random.below(3) + 1)
    }
}
