import Testing

@testable import HubStorage

@Suite struct FeedBellTests {
    @Test func wakesAllWhoWait() async {
        let bell = FeedBell(position: 5)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await bell.wait(after: 5) } }
            group.addTask { bell.ring(6) }
        }
        #expect(bell.position == 6)
    }

    @Test func doesNotWaitForWhatIsThere() async {
        await FeedBell(position: 5).wait(after: 4)
    }

    @Test func endsAWaitThatIsCancelled() async {
        let bell = FeedBell(position: 5)
        let waits = (0..<50).map { _ in Task { await bell.wait(after: 5) } }
        for wait in waits { wait.cancel() }
        for wait in waits { await wait.value }
    }

    @Test func neverRingsBackwards() {
        let bell = FeedBell(position: 5)
        bell.ring(4)
        #expect(bell.position == 5)
    }
}
