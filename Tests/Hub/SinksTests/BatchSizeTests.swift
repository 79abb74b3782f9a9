import ScanTesting
import Testing

@testable import Sinks

@Suite struct BatchSizeTests {
    /// However many and whichever are bad: each is found alone, and the good ones are all taken.
    @Test(arguments: UInt64(0)..<200)
    func findsWhatIsRefused(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = UInt64(random.next() % 300) + 1
        let bad = Set((0..<random.next() % 8).map { _ in random.next() % count + 1 })
        var size = BatchSize(full: Int(random.next() % 100) + 1)
        var position: UInt64 = 0
        var parked: [UInt64] = []
        var requests = 0
        while position < count {
            let batch = Array((position + 1)...min(count, position + UInt64(size.current)))
            requests += 1
            let isRefused = !bad.isDisjoint(with: batch)
            if isRefused, batch.count > 1 {
                size.halve(batch.count, upTo: batch[batch.count - 1])
                continue
            }
            if isRefused { parked.append(batch[0]) }
            position = batch[batch.count - 1]
            size.passed(position)
        }
        #expect(parked == bad.sorted())
        #expect(requests <= Int(count) / size.full + 1 + 32 * bad.count)
    }
}
