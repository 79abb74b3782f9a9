import Foundation
import LocalAPI
import Testing

@testable import Console

@Suite struct AssignmentRouteTests {
    private static let wave = """
        {"code":"W 1","order":"ORD-1","lines":[
            {"place":"LOC-A1","check":"49","item":"TEA","name":"green tea","quantity":2},
            {"place":"LOC-B2","item":"JAM","quantity":1,"unit":"jar"}]}
        """

    @Test func anAssignmentIsGivenStartedAnsweredAndDone() async throws {
        try await withConsole { scene in
            let given = try await scene.send("POST", "/v1/assignments", Self.wave)
                .json(AnswerReport.self)
            #expect(given.signal == "done")
            #expect(given.assignment == nil)
            let started = try await scene.send(
                "POST", "/v1/assignments/W%201/start", #"{"operator":"mia"}"#
            ).json(AnswerReport.self)
            #expect(started.assignment?.question?.checkDigits == 2)
            #expect(started.assignment?.operator == "mia")

            let there = try await Self.say(#"{"say":"check 49"}"#, scene)
            let question = try #require(there.assignment?.question)
            #expect(question.step == "quantity")
            #expect(question.show == "Pick 2 of green tea.")
            let turn = question.turn
            let picked = try await Self.say(#"{"say":"confirm","turn":\#(turn)}"#, scene)
            #expect(picked.assignment?.lines?.map(\.state) == ["done", "current"])
            #expect(picked.assignment?.lines?[0].operations.count == 1)
            let stale = try await Self.say(#"{"say":"confirm","turn":\#(turn)}"#, scene)
            #expect(stale.code == "stale-answer")

            _ = try await Self.say(#"{"say":"short 0"}"#, scene)
            #expect(try await Self.say(#"{"say":"Ready"}"#, scene).code == nil)
            let short = try await Self.say(#"{"say":"short 0"}"#, scene)
            #expect(short.assignment?.question?.step == "confirm")
            #expect(short.assignment?.question?.quantity == 0)
            let done = try await Self.say(#"{"say":"confirm"}"#, scene)
            #expect(done.assignment?.question?.step == "done")
            #expect(done.assignment?.short == 1)
            #expect(try await Self.say(#"{"say":"ready"}"#, scene).assignment == nil)

            let list = try await scene.get("/v1/assignments", AssignmentList.self)
            #expect(list.assignments.map(\.stage) == ["closed"])
            let one = try await scene.get("/v1/assignments/W%201", AssignmentReport.self)
            #expect(one.lines?.map(\.taken) == [2, 0])
        }
    }

    private static func say(_ body: String, _ scene: ConsoleScene) async throws -> AnswerReport {
        try await scene.send("POST", "/v1/assignments/answer", body).json(AnswerReport.self)
    }

    @Test(arguments: [
        ("GET", "/v1/assignments/none", nil, "unknown-assignment"),
        ("POST", "/v1/assignments", #"{"code":"X","kind":"dance","lines":[]}"#, "parameter"),
        ("POST", "/v1/assignments", #"{"code":"X"}"#, "malformed"),
        ("POST", "/v1/assignments/answer", #"{"say":""}"#, "bad-command"),
    ])
    func refuses(method: String, path: String, body: String?, code: String) async throws {
        try await withConsole { scene in
            let answer = try await scene.send(method, path, body)
            #expect(answer.code == code)
        }
    }

    @Test func thePauseIsACallOfItsOwn() async throws {
        try await withConsole { scene in
            _ = try await scene.send("POST", "/v1/assignments", Self.wave)
            _ = try await scene.send("POST", "/v1/assignments/W%201/start", "{}")
            let paused = try await scene.send("POST", "/v1/assignments/pause", "{}")
                .json(AnswerReport.self)
            #expect(paused.assignment?.question?.isPaused == true)
            try await scene.scan("TEA")
            let current = try await scene.get(
                "/v1/assignments/current", CurrentAssignment.self)
            #expect(current.assignment?.done == 0)
        }
    }
}
