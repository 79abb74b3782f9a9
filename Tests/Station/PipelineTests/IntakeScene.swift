import Foundation
import GRDB
import LedgerStore
import Logging
import Replication
import Scans
import StationStorage
import Synchronization
import Testing

@testable import DriverKit
@testable import Pipeline

/// An intake on a database of its own, and a device that waits for answers.
final class IntakeScene: Sendable {
    let folder: URL
    let store: StationStore
    let clock = ScriptClock()
    let commits = Mutex(0)
    let journal = Journal()
    private let onStored = Mutex<(@Sendable () -> Void)?>(nil)

    var path: String { folder.appending(path: "station.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "intake-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try StationStore(path: folder.appending(path: "station.sqlite").path)
    }

    deinit {
        // What is left behind is the system's temporary folder's to clear.
        try? FileManager.default.removeItem(at: folder)
    }

    func intake(
        life: UInt64 = 1, _ settings: WorkflowSettings = WorkflowSettings()
    ) throws -> Intake {
        try Intake(
            store: store, life: Life(random: life), rules: InterpretationRules(),
            workflow: settings, clock: { [clock] in clock.now },
            stored: { [weak self] in self?.noteStored() }, log: journal.logger)
    }

    private func noteStored() {
        commits.withLock { $0 += 1 }
        onStored.withLock { $0 }?()
    }

    /// What the intake's thread does after its next transactions.
    func afterCommit(_ body: (@Sendable () -> Void)?) {
        onStored.withLock { $0 = body }
    }

    /// Runs `body` while the intake's thread is held up: what comes in meanwhile is one round.
    func whileHeld(_ intake: Intake, _ body: () -> Void) {
        let (held, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        afterCommit {
            held.signal()
            goOn.wait()
        }
        let gate = Answers()
        intake.accept(gate.delivery("GATE", at: clock.now))
        held.wait()
        afterCommit(nil)
        body()
        goOn.signal()
        gate.wait(for: 1)
    }

    /// Reads a number from the file as any other program sees it: what is committed.
    func committed(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        var configuration = Configuration()
        configuration.readonly = true
        let file = try DatabaseQueue(path: path, configuration: configuration)
        return try file.read { try Int.fetchOne($0, sql: sql, arguments: arguments) ?? 0 }
    }

    func records() throws -> [IntakeRecord] {
        try store.read { try $0.intake(after: 0, limit: 100_000) }
    }

    /// Goods on our shelves that are not none: `A@DOCK: 3`.
    func stock() throws -> [String] {
        try store.read { reader in
            try reader.ledger { ledger, db in
                try ledger.stock(StockFilter(), limit: 10_000, in: db)
            }
        }.filter { $0.value != 0 && $0.key.place != .outside }
            .map { "\($0.key.item)@\($0.key.place): \($0.value)" }
    }
}

/// What was logged: level and message.
final class Journal: Sendable {
    private let written = Mutex<[String]>([])

    var lines: [String] { written.withLock { $0 } }

    fileprivate func write(_ line: String) {
        written.withLock { $0.append(line) }
    }

    var logger: Logger { Logger(label: "test") { _ in JournalHandler(journal: self) } }
}

struct JournalHandler: LogHandler {
    let journal: Journal
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        journal.write("\(event.level) \(event.message)")
    }
}

/// Time that passes only when the test says so.
final class ScriptClock: Sendable {
    private let microseconds = Mutex<Int64>(1_000_000_000)

    var now: CaptureTime {
        let now = microseconds.withLock { $0 }
        return CaptureTime(wallMicroseconds: now, monotonicMicroseconds: now)
    }

    func advance(_ seconds: Int64) {
        microseconds.withLock { $0 += seconds * 1_000_000 }
    }
}

/// Makes deliveries and collects their answers, in the order in which they come.
final class Answers: Sendable {
    let given = Mutex<[(text: String, feedback: Feedback)]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func delivery(
        _ text: String, from device: DeviceName = "scanner", at time: CaptureTime,
        then check: (@Sendable (Feedback) -> Void)? = nil
    ) -> Delivery {
        delivery(text, payload: .keystrokes(text), from: device, at: time, then: check)
    }

    func delivery(
        _ name: String, payload: Payload, from device: DeviceName = "scanner",
        at time: CaptureTime, then check: (@Sendable (Feedback) -> Void)? = nil
    ) -> Delivery {
        let capture = Capture(device: device, payload: payload, time: time)
        return Delivery(capture: capture, trace: nil) { [self] feedback in
            check?(feedback)
            given.withLock { $0.append((name, feedback)) }
            arrived.signal()
        }
    }

    /// Blocks until `count` more answers came; a minute is the end.
    func wait(for count: Int) {
        for _ in 0..<count where arrived.wait(timeout: .now() + 60) == .timedOut {
            Issue.record("no answer")
            return
        }
    }

    var signals: [String] {
        given.withLock { $0.map { $0.feedback.code ?? $0.feedback.signal.rawValue } }
    }

    var messages: [String] { given.withLock { $0.map(\.feedback.message) } }
}

extension IntakeScene {
    /// Reads codes one after the other, each after the answer to the one before.
    @discardableResult
    func read(
        _ words: String, by intake: Intake, from device: DeviceName = "scanner"
    ) -> Answers {
        let answers = Answers()
        for word in words.split(separator: " ") {
            if word.hasPrefix("+"), let seconds = Int64(word.dropFirst()) {
                clock.advance(seconds)
                continue
            }
            let text = word.hasPrefix("%") ? "%SS:" + word.dropFirst() : String(word)
            intake.accept(answers.delivery(text, from: device, at: clock.now))
            answers.wait(for: 1)
        }
        return answers
    }
}
