import DriverKit
import LinuxIO
import Scans
import Synchronization
import Testing

@Suite struct DeviceSessionTests {
    @Test func roomIsGivenBackByAnswersOnly() throws {
        let desk = Desk()
        let session = try desk.session(inFlightLimit: 2)

        #expect(session.offer(.keystrokes("1")))
        #expect(session.offer(.keystrokes("2")))
        #expect(!session.offer(.keystrokes("3")))
        #expect(desk.refusals == ["device-overrun"])
        desk.answerFirst()
        #expect(session.offer(.keystrokes("4")))
        #expect(desk.texts == ["2", "4"])
    }

    @Test func aDeviceThatCanWaitIsMadeTo() throws {
        let desk = Desk()
        let session = try desk.session(inFlightLimit: 1)
        try session.deliver(.keystrokes("1"))
        let thread = try KernelThread(name: "driver") {
            _ = try? session.deliver(.keystrokes("2"))
        }
        let input = try Wakeup()
        input.signal()

        #expect(desk.texts == ["1"])
        desk.answerFirst()
        thread.join()

        #expect(desk.texts == ["2"])
        desk.answerFirst()
        #expect(try session.waitForInput(on: input.descriptor))
    }

    @Test func whatWaitsIsNotReadWhileThereIsNoRoom() throws {
        let desk = Desk()
        let session = try desk.session(inFlightLimit: 1)
        try session.deliver(.keystrokes("1"))
        let input = try Wakeup()
        input.signal()
        let wasRead = Mutex(false)
        let thread = try KernelThread(name: "driver") {
            let isInput = (try? session.waitForInput(on: input.descriptor)) == true
            wasRead.withLock { $0 = isInput }
        }

        #expect(desk.eventually { desk.notices.contains(.listening) })
        #expect(!wasRead.withLock { $0 })
        desk.answerFirst()
        thread.join()

        #expect(wasRead.withLock { $0 })
    }

    @Test func verdictsComeInTheOrderOfTheCaptures() throws {
        let desk = Desk()
        let session = try desk.session()
        let nothing = try Wakeup()
        _ = try session.waitForEvent(on: nothing.descriptor, timeout: .zero)
        for text in ["1", "2"] { try session.deliver(.keystrokes(text)) }
        session.refuse(code: "line-too-long", "Too long.")
        desk.answerLast("second")
        #expect(try session.waitForEvent(on: nothing.descriptor, timeout: .zero) == .timeout)
        desk.answerLast("first")

        let ids = try (0..<3).map { _ in try verdict(session, nothing) }

        #expect(ids.map(\.?.id) == [1, 2, 3])
        #expect(ids.map(\.?.feedback.message) == ["first", "second", "Too long."])
    }

    @Test func aDriverThatTakesNoVerdictsNeverGetsOne() throws {
        let desk = Desk()
        let session = try desk.session()
        let input = try Wakeup()
        input.signal()
        _ = try session.waitForEvent(on: input.descriptor, timeout: .zero)
        try session.deliver(.keystrokes("1"))
        desk.answerFirst()

        #expect(try session.waitForInput(on: input.descriptor))
    }

    @Test func aDeliveryLetGoIsAnsweredWithAnError() throws {
        let desk = Desk()
        let session = try desk.session()
        let nothing = try Wakeup()
        _ = try session.waitForEvent(on: nothing.descriptor, timeout: .zero)
        try session.deliver(.keystrokes("1"))
        desk.forget()

        #expect(try verdict(session, nothing)?.feedback.code == "unanswered")
    }

    @Test func onlyTheFirstAnswerCounts() throws {
        let desk = Desk()
        let session = try desk.session(inFlightLimit: 1)
        try session.deliver(.keystrokes("1"))
        desk.answerTwice()

        #expect(session.offer(.keystrokes("2")))
        #expect(!session.offer(.keystrokes("3")))
    }

    @Test func aStopWakesTheDriverAndLeavesRoom() throws {
        let desk = Desk()
        let session = try desk.session(inFlightLimit: 1)
        try session.deliver(.keystrokes("1"))
        session.stop()

        try session.deliver(.keystrokes("2"))

        #expect(desk.texts == ["1", "2"])
        #expect(try !session.waitForInput(on: Wakeup().descriptor))
    }

    @Test(arguments: [
        DriverFault.Code.missing, .busy, .noPermission, .unplugged, .panicChord, .badOption,
        .notSuitable, .driverHung, .driverExited, .driverProtocol, .inputOutput, .bug,
        .other("no-paper"),
    ])
    func aFaultCodeSurvivesItsName(code: DriverFault.Code) {
        #expect(DriverFault.Code(rawValue: code.rawValue) == code)
        #expect(Set([code, code]).count == 1)
    }

    private func verdict(_ session: DeviceSession, _ nothing: Wakeup) throws -> Verdict? {
        let event = try session.waitForEvent(on: nothing.descriptor, timeout: .seconds(5))
        if case .verdict(let verdict) = event { return verdict } else { return nil }
    }
}
