import Devices
import Testing

@Suite struct RestartPolicyTests {
    private func waits(
        _ causes: [(RestartPolicy.Cause, Duration)], _ policy: RestartPolicy = RestartPolicy()
    ) -> [Duration] {
        var policy = policy
        return causes.map { policy.next(after: $0.0, reading: $0.1) }
    }

    @Test func aFailingDriverWaitsLongerAndEndsInQuarantine() {
        let expected: [Duration] = [
            .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(300), .seconds(300),
        ]
        #expect(waits(Array(repeating: (.failure, .zero), count: 6)) == expected)
    }

    @Test func aBusyPortIsTriedForEver() {
        let all = waits(Array(repeating: (.circumstance, .zero), count: 100))
        #expect(
            all.prefix(6) == [
                .milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(8),
            ])
        #expect(all.last == .seconds(8))
    }

    @Test func aPulledDeviceIsTriedSoonHoweverOften() {
        let all = waits(Array(repeating: (.unplugged, .seconds(1)), count: 50))
        #expect(all.allSatisfy { $0 == .milliseconds(500) })
        // One that says so before it was open is not.
        let dead = waits(Array(repeating: (.unplugged, .milliseconds(99)), count: 50))
        #expect(dead.last == .seconds(8))
    }

    @Test func steadyReadingWipesTheSlateClean() {
        var policy = RestartPolicy()
        for _ in 1...4 { _ = policy.next(after: .failure, reading: .milliseconds(59_999)) }
        #expect(policy.failures == 4)
        #expect(policy.next(after: .failure, reading: .seconds(60)) == .milliseconds(500))
        #expect(policy.failures == 1)
        #expect(!policy.isQuarantined)
    }
}
