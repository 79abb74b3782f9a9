import Foundation
import GRDB
import OperatorGrants
import ScanTesting
import StationStorage
import Testing

@testable import Operators

@Suite struct PINTests {
    @Test func whoKnowsTheirPINWorksAtTheStation() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        let desk = scene.desk()
        #expect(desk.atStation == nil)
        let login = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        #expect(desk.atStation == login.session)
        #expect(desk.session(of: login.secret) == login.session)
        #expect(desk.session(of: login.secret + "x") == nil)
        #expect(login.session.proof == .pin && login.session.role == .operator)

        desk.logout(login.secret, isAtStation: false)
        #expect(desk.atStation == nil && desk.session(of: login.secret) == nil)
    }

    @Test func fiveTriesAreFreeAndThenTheWaitGrows() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        let desk = scene.desk()
        for left in [4, 3, 2, 1] {
            await #expect(throws: LoginError.wrongPIN(triesLeft: left)) {
                try await desk.login(name: "ada", pin: "999999", isRemote: false)
            }
        }
        for wait in [30, 60, 120, 240, 480, 960, 1920, 3600, 3600] {
            await #expect(throws: LoginError.wait(seconds: wait)) {
                try await desk.login(name: "ada", pin: "999999", isRemote: false)
            }
            scene.pass(seconds: Int64(wait) - 1)
            // Not even the right one, and trying makes it no longer.
            await #expect(throws: LoginError.wait(seconds: 1)) {
                try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
            }
            scene.pass(seconds: 1)
        }
        _ = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        await #expect(throws: LoginError.wrongPIN(triesLeft: 4)) {
            try await desk.login(name: "ada", pin: "999999", isRemote: false)
        }
    }

    @Test func aRestartGivesNoMoreTries() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        for left in [4, 3, 2, 1] {
            let desk = scene.desk()
            await #expect(throws: LoginError.wrongPIN(triesLeft: left)) {
                try await desk.login(name: "ada", pin: "999999", isRemote: false)
            }
            try scene.restart()
        }
        let desk = scene.desk()
        await #expect(throws: LoginError.wait(seconds: 30)) {
            try await desk.login(name: "ada", pin: "999999", isRemote: false)
        }
        try scene.restart()
        let again = scene.desk()
        await #expect(throws: LoginError.wait(seconds: 30)) {
            try await again.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        }
    }

    @Test func aClockThatIsSetBackLocksNobodyOutForLong() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        let desk = scene.desk()
        for _ in 1...5 {
            // What is thrown is told above.
            _ = try? await desk.login(name: "ada", pin: "999999", isRemote: false)
        }
        scene.setWall(to: LoginScene.start - 365 * 86_400_000_000)
        await #expect(throws: LoginError.wait(seconds: 30)) {
            try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        }
        scene.pass(seconds: 30)
        _ = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
    }

    /// Or somebody in another room could lock out who stands here.
    @Test func triesFromOtherMachinesCountApart() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        let desk = scene.desk()
        for _ in 1...5 {
            await #expect(throws: LoginError.wrongPIN(triesLeft: nil)) {
                try await desk.login(name: "ada", pin: "999999", isRemote: true)
            }
        }
        await #expect(throws: LoginError.wait(seconds: 30)) {
            try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: true)
        }
        _ = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
    }

    @Test func anUnknownNameIsAnsweredAsAWrongPINAndLeavesNothing() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        let desk = scene.desk()
        for name in ["bob", "", "ADA"] {
            await #expect(throws: LoginError.wrongPIN(triesLeft: nil)) {
                try await desk.login(name: name, pin: LoginScene.pin, isRemote: true)
            }
        }
        let attempt = try await scene.current.write {
            try $0.loginAttempt(of: "bob", isRemote: true)
        }
        #expect(attempt == nil)
    }

    @Test func whatIsNoPINCountsAsNoTry() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        let desk = scene.desk()
        for pin in ["", "12345", "abcdef"] {
            await #expect(throws: GrantError.self) {
                try await desk.login(name: "ada", pin: pin, isRemote: false)
            }
        }
        await #expect(throws: LoginError.wrongPIN(triesLeft: 4)) {
            try await desk.login(name: "ada", pin: "999999", isRemote: false)
        }
    }

    @Test func aGrantThatIsOverLetsNobodyInAndPutsOutWhoIs() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant(days: 2)])
        let desk = scene.desk(idle: .seconds(10 * 86_400))
        scene.pass(seconds: 2 * 86_400 - 1)
        let login = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        scene.pass(seconds: 1)
        #expect(desk.session(of: login.secret) == nil && desk.atStation == nil)
        let error = await #expect(throws: LoginError.grantExpired("ada")) {
            try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        }
        #expect("\(try #require(error))".contains("heard nothing of the hub"))
    }

    /// A clock set back to before the hub signed makes no old grant good.
    @Test func theHubsTimeCantBeBeforeItSigned() async throws {
        let scene = try LoginScene()
        try scene.keep(
            [try LoginScene.grant(days: 1)], issued: LoginScene.start + 86_400_000_000)
        scene.setWall(to: LoginScene.start - 86_400_000_000)
        let desk = scene.desk()
        await #expect(throws: LoginError.grantExpired("ada")) {
            try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        }
    }

    @Test func whoIsRevokedIsLoggedOutAtTheNextWordOfTheHub() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant(), try LoginScene.grant("bob")])
        let desk = scene.desk()
        let here = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        let there = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: true)
        let bob = try await desk.login(name: "bob", pin: LoginScene.pin, isRemote: true)
        try scene.keep([try LoginScene.grant("bob", .viewer)])
        desk.rosterHeard(nil)
        #expect(try await soon { desk.atStation == nil })
        #expect(desk.session(of: here.secret) == nil && desk.session(of: there.secret) == nil)
        #expect(desk.session(of: bob.secret)?.role == .viewer)
    }

    @Test func aRosterThatWasChangedLetsNobodyInAndSaysSo() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        var patient = Configuration()
        patient.busyMode = .timeout(10)
        let file = try DatabaseQueue(path: scene.path, configuration: patient)
        try await file.write { db in
            let roster = try Data.fetchOne(db, sql: "SELECT roster FROM roster") ?? Data()
            let changed = roster.replacing(Data("operator".utf8), with: Data("overseer".utf8))
            try db.execute(sql: "UPDATE roster SET roster = ?", arguments: [changed])
        }
        try file.close()
        let desk = scene.desk()
        let error = await #expect(throws: LoginError.self) {
            try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        }
        #expect(error?.code == "roster-signature")
        #expect(desk.operators.names.isEmpty && desk.operators.fault == .rosterSignature)
    }

    @Test func withoutOperatorsNobodyIsLetIn() async throws {
        let desk = try LoginScene().desk()
        await #expect(throws: LoginError.noOperators) {
            try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        }
    }

    @Test func oneTryTooManyAtOnceIsTurnedAway() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant()])
        let desk = scene.desk()
        let busy = await withTaskGroup(of: Bool.self) { group in
            for _ in 0...LoginDesk.waitingLimit * 4 {
                group.addTask {
                    do {
                        _ = try await desk.login(
                            name: "nobody", pin: LoginScene.pin, isRemote: true)
                        return false
                    } catch {
                        return error as? LoginError == .busy
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(busy > 0)
        // Afterwards it is quiet again.
        _ = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
    }
}
