import CurlHTTP
import Testing

@testable import Syncing

@Suite struct PatienceTests {
    @Test func backoffDoublesUpToItsLimit() {
        var backoff = Backoff(first: .seconds(1), limit: .seconds(10))
        let waits = (0..<6).map { _ in backoff.next { 1 } }
        #expect(waits == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
        backoff.reset()
        #expect(backoff.next { 0.5 } == .milliseconds(500))
    }

    @Test func backoffIsFullJitter() {
        var backoff = Backoff()
        for _ in 0..<100 { #expect(backoff.next { 0 } == .zero) }
        #expect(backoff.next { 1 } == .seconds(300))
    }

    static let steps: [(rule: String, steps: [Int?], advised: Int, count: Int)] = [
        ("starts at 100", [], 0, 100),
        ("doubles while quick", [10], 0, 200),
        ("no further than 500", [10, 10, 10, 10], 0, 500),
        ("stays when slow", [500], 0, 100),
        ("just quick enough", [499], 0, 200),
        ("goes as far as the hub advises", [1, 1, 1, 1, 1], 1000, 1000),
        ("but not past 2000", [1, 1, 1, 1, 1, 1, 1], 5000, 2000),
        ("shrinks at once to what is advised", [1, 1], 50, 50),
        ("halves on trouble", [nil], 0, 50),
        ("never below one", Array(repeating: nil, count: 20), 0, 1),
        ("and grows again", [nil, nil, 10], 0, 50),
    ]

    @Test(arguments: steps.map(\.rule))
    func batchSize(rule: String) throws {
        let row = try #require(Self.steps.first { $0.rule == rule })
        var size = BatchSize()
        for step in row.steps {
            if let step {
                size.succeeded(in: .milliseconds(step), advised: row.advised)
            } else {
                size.failed()
            }
        }
        #expect(size.count == row.count)
    }

    static let dates: [(text: String, seconds: Int64?)] = [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Tue, 29 Feb 2028 23:59:60 GMT", 1_835_481_600),
        ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800),
        ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
        ("Sun, 06 Nov 1994 24:00:00 GMT", nil),
        ("Sun, 06 Nov 1994 08:49 GMT", nil),
        ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
        ("", nil),
    ]

    @Test(arguments: dates.map(\.text))
    func readsTheHubsTime(text: String) throws {
        let row = try #require(Self.dates.first { $0.text == text })
        #expect(HTTPDate.microseconds(text) == row.seconds.map { $0 * 1_000_000 })
    }

    @Test func aWakeUpBeforeTheWaitIsNotLost() async {
        let wakeup = Wakeup()
        wakeup.signal()
        wakeup.signal()
        await wakeup.wait()
        #expect(await !wakeup.wait(atMost: .milliseconds(1)))
    }

    @Test func aCancelledWaitTakesNoSignal() async {
        let wakeup = Wakeup()
        wakeup.signal()
        let waiting = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await wakeup.wait()
        }
        await waiting.value
        #expect(await wakeup.wait(atMost: .seconds(5)))
    }
}
