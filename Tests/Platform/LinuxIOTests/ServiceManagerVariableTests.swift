import Testing

@testable import LinuxIO

/// What the service manager says in the environment is for one process, and in numbers.
@Suite struct ServiceManagerVariableTests {
    static let limits: [(microseconds: String?, process: String?, limit: Duration?)] = [
        ("30000000", nil, .seconds(30)),
        ("30000000", "42", .seconds(30)),
        ("30000000", "43", nil),
        ("30000000", "x", nil),
        ("1", nil, .microseconds(1)),
        ("0", nil, nil),
        ("-1", nil, nil),
        ("soon", nil, nil),
        (nil, "42", nil),
    ]

    @Test(arguments: limits)
    func aSignOfLifeIsWantedOfThisProcessWithinTheLimit(
        microseconds: String?, process: String?, limit: Duration?
    ) {
        let watch = LifeWatch(microseconds: microseconds, process: process, ownProcess: 42)
        #expect(watch?.limit == limit)
    }

    static let sockets: [(process: String?, count: String?, numbers: Range<Int32>)] = [
        ("42", "1", 3..<4), ("42", "16", 3..<19), ("42", "17", 3..<3), ("42", "0", 3..<3),
        ("42", "-1", 3..<3), ("42", nil, 3..<3), ("41", "1", 3..<3), (nil, "1", 3..<3),
        ("42", "many", 3..<3),
    ]

    @Test(arguments: sockets)
    func socketsAreTakenWhenTheyAreForThisProcess(
        process: String?, count: String?, numbers: Range<Int32>
    ) {
        #expect(
            InheritedSocket.numbers(process: process, count: count, ownProcess: 42) == numbers)
    }

    /// What follows a line feed would be a message of its own.
    @Test func aStatusIsOneLine() {
        #expect(SystemdNotice.status("a\nREADY=1\r\nb").text == "STATUS=a READY=1 b")
    }
}
