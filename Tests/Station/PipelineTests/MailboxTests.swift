import Dispatch
import Testing

@testable import Pipeline

@Suite struct MailboxTests {
    private func next(_ mailbox: Mailbox<Int>, limit: Int = 10) -> String {
        switch mailbox.take(limit: limit, until: .now()) {
        case .elements(let elements): elements.map(String.init).joined(separator: " ")
        case .nothing: "nothing"
        case .closed: "closed"
        }
    }

    @Test func elementsComeInOrderUpToTheLimit() {
        let mailbox = Mailbox<Int>()
        for number in 1...5 { #expect(mailbox.put(number)) }
        #expect(mailbox.count == 5)
        #expect(next(mailbox, limit: 3) == "1 2 3")
        #expect(next(mailbox, limit: 3) == "4 5")
        #expect(next(mailbox) == "nothing")
    }

    @Test func aClosedBoxIsEmptiedFirst() {
        let mailbox = Mailbox<Int>()
        for number in 1...3 { #expect(mailbox.put(number)) }
        mailbox.close()
        #expect(!mailbox.put(4))
        #expect(next(mailbox, limit: 2) == "1 2")
        #expect(next(mailbox, limit: 2) == "3")
        #expect(next(mailbox) == "closed")
        #expect(next(mailbox) == "closed")
    }

    @Test func wakingBringsNothing() {
        let mailbox = Mailbox<Int>()
        mailbox.wake()
        #expect(next(mailbox) == "nothing")
        #expect(mailbox.put(1))
        mailbox.wake()
        #expect(next(mailbox) == "1")
        #expect(next(mailbox) == "nothing")
    }
}

@Suite struct BroadcastTests {
    @Test func aListenerIsToldAtOnceAndThenOfNews() async {
        let broadcast = Broadcast()
        var news = broadcast.listen().makeAsyncIterator()
        #expect(await news.next() != nil)
        broadcast.signal()
        broadcast.signal()
        #expect(await news.next() != nil)
        broadcast.signal()
        #expect(await news.next() != nil)
    }
}
