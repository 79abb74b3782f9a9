import OperatorGrants
import ScanTesting
import Testing

@testable import Operators

@Suite struct SessionBookTests {
    private static func session(_ name: String = "ada") throws -> Session {
        Session(try LoginScene.grant(name), .pin, begun: 0)
    }

    @Test func whoDoesNothingIsLoggedOutAtTheLimit() throws {
        var book = SessionBook(idleMicroseconds: 100)
        let (here, there) = (SessionKey(of: "a"), SessionKey(of: "b"))
        book.begin(try Self.session(), screen: here, now: 0)
        book.beginRemote(try Self.session("bob"), key: there, now: 0)
        #expect(book.session(of: here, now: 99)?.name == "ada")
        // Looking is not doing.
        #expect(book.session(of: there, now: 99)?.name == "bob")
        book.touch(there, now: 99)
        #expect(book.session(of: here, now: 100) == nil)
        #expect(book.atStation(now: 100) == nil)
        #expect(book.session(of: there, now: 198)?.name == "bob")
        #expect(book.session(of: there, now: 199) == nil)
    }

    @Test func theNextOneAtTheStationEndsTheOneBefore() throws {
        var book = SessionBook(idleMicroseconds: 100)
        let (one, other) = (SessionKey(of: "a"), SessionKey(of: "b"))
        book.begin(try Self.session("ada"), screen: one, now: 0)
        book.begin(try Self.session("bob"), screen: other, now: 1)
        #expect(book.session(of: one, now: 1) == nil)
        #expect(book.session(of: other, now: 1)?.name == "bob")
    }

    @Test func theRemoteOneThatDidNothingForLongestMakesRoom() throws {
        var book = SessionBook(idleMicroseconds: 1000)
        let session = try Self.session()
        let keys = (0...SessionBook.remoteLimit).map { SessionKey(of: "\($0)") }
        for (index, key) in keys.enumerated() {
            book.beginRemote(session, key: key, now: Int64(index))
            if index == 10 { book.touch(keys[0], now: 10) }
        }
        let standing = keys.map { book.session(of: $0, now: 100) != nil }
        #expect(standing == keys.indices.map { $0 != 1 })
    }

    @Test func aRemoteLogoutLeavesTheStationAlone() throws {
        var book = SessionBook(idleMicroseconds: 100)
        let (here, there) = (SessionKey(of: "a"), SessionKey(of: "b"))
        book.begin(try Self.session(), screen: here, now: 0)
        book.beginRemote(try Self.session("bob"), key: there, now: 0)
        book.end(there)
        #expect(book.session(of: there, now: 1) == nil)
        #expect(book.session(of: here, now: 1)?.name == "ada")
    }

    static let waits: [(failures: Int, seconds: Int)] = [
        (0, 0), (4, 0), (5, 30), (6, 60), (11, 1920), (12, 3600), (13, 3600), (Int.max, 3600),
    ]

    @Test(arguments: waits)
    func theWaitDoublesToAnHour(failures: Int, seconds: Int) {
        #expect(AttemptRule.waitSeconds(after: failures) == seconds)
    }
}
