import Accounts
import Foundation
import GRDB
import Testing

@testable import HubStorage

@Suite struct AccountTests {
    private let scene: IntakeScene
    private let now = IntakeScene.now

    init() throws {
        scene = try IntakeScene()
    }

    private func note(_ count: Int) async throws {
        for number in 0..<count {
            try await scene.registry.note(
                .decided, "\(number)", tenant: number % 2 == 0 ? "main" : "north",
                by: Author(name: "ada"), now: now + Int64(number))
        }
    }

    @Test func aWholeLogIsVerifiedAndAnEarlierEndOfItIsFound() async throws {
        let empty = try await scene.registry.verifyActivities()
        try await note(3)
        let head = try await scene.registry.verifyActivities(since: empty)
        #expect(head.number == 3)
        try await note(2)
        #expect(try await scene.registry.verifyActivities(since: head).number == 5)
        #expect(ActivityHead(head.text) == head)
    }

    static let tampering: [(what: String, sql: String, from: Int64)] = [
        ("changed", "UPDATE activity SET who = 'eve' WHERE number = 2", 2),
        ("another time", "UPDATE activity SET time = time + 1 WHERE number = 4", 4),
        ("taken out", "DELETE FROM activity WHERE number = 3", 3),
        ("the first taken out", "DELETE FROM activity WHERE number = 1", 1),
        ("a hash changed", "UPDATE activity SET chain = zeroblob(32) WHERE number = 5", 5),
        (
            "exchanged",
            """
            UPDATE activity SET number = 99 WHERE number = 1;
            UPDATE activity SET number = 1 WHERE number = 2;
            UPDATE activity SET number = 2 WHERE number = 99
            """, 1
        ),
    ]

    @Test(arguments: tampering)
    func whatIsChangedInTheFileIsFound(what: String, sql: String, from: Int64) async throws {
        try await note(6)
        try await scene.registry.database.write { db in
            try db.execute(sql: "DROP TRIGGER activity_is_not_changed")
            try db.execute(sql: "DROP TRIGGER activity_is_not_deleted")
            try db.execute(sql: sql)
        }
        await #expect(throws: AccountError.logBroken(from)) {
            _ = try await scene.registry.verifyActivities()
        }
    }

    @Test func aLogThatWasCutOffIsFoundByItsNotedEnd() async throws {
        try await note(6)
        let head = try await scene.registry.verifyActivities()
        try await scene.registry.database.write { db in
            try db.execute(sql: "DROP TRIGGER activity_is_not_deleted")
            try db.execute(sql: "DELETE FROM activity WHERE number > 4")
        }
        #expect(try await scene.registry.verifyActivities().number == 4)
        await #expect(throws: AccountError.logBroken(6)) {
            _ = try await scene.registry.verifyActivities(since: head)
        }
    }

    @Test func theDatabaseItselfOnlyAppends() async throws {
        try await note(1)
        for sql in ["UPDATE activity SET who = 'eve'", "DELETE FROM activity"] {
            await #expect(throws: DatabaseError.self) {
                try await scene.registry.database.write { try $0.execute(sql: sql) }
            }
        }
    }

    /// Tokens that a hub of before made could do everything, and still can.
    @Test func aTokenOfBeforeKeepsWhatItCouldDo() async throws {
        let token = AdminToken.make()
        try await scene.registry.database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO admin_token (hash, tenant, name, created)
                    VALUES (?, 'main', 'old', 1)
                    """, arguments: [AdminToken.hash(token)])
        }
        let record = try await scene.registry.token(token, now: now)
        #expect(record.role == .admin && record.name == "old")
    }

    @Test func whatAttemptsCostIsKeptOverARestart() async throws {
        let attempts = LoginAttempts(name: "ada", address: "192.0.2.1")
        for _ in 1...5 {
            try await scene.registry.database.write { [now] in try attempts.begin(now: now, $0) }
        }
        try scene.restart()
        await #expect(throws: HubError.tooManyRequests(retryAfterSeconds: 31)) {
            try await scene.registry.database.write { [now] in try attempts.begin(now: now, $0) }
        }
    }
}
