import LinuxIO
import ScanTesting
import Testing

@Suite struct TerminalTests {
    @Test func carriesEveryByteBothWays() throws {
        let terminal = try PseudoTerminal()
        let port = try SerialPort(opening: terminal.path)
        let bytes = Array(UInt8.min...UInt8.max)
        try terminal.controller.writeAll(bytes)
        #expect(try read(256, from: port.descriptor) == bytes)
        try port.descriptor.writeAll(bytes)
        try terminal.controller.setNonBlocking()
        #expect(try read(256, from: terminal.controller) == bytes)
    }

    @Test func isOpenToOneAtATime() throws {
        let terminal = try PseudoTerminal()
        var first: SerialPort? = try SerialPort(opening: terminal.path)
        #expect(first != nil)
        do {
            _ = try SerialPort(opening: terminal.path)
            Issue.record("opened twice")
        } catch {
            #expect(error.number.map { LinuxError.Cause(number: $0) } == .busy)
        }
        first = nil
        _ = try SerialPort(opening: terminal.path)
    }

    @Test func seesItsDeviceGo() throws {
        var terminal: PseudoTerminal? = try PseudoTerminal()
        let port = try SerialPort(opening: try #require(terminal?.path))
        #expect(try port.descriptor.read(limit: 1) == .wouldBlock)
        terminal = nil
        #expect(
            try Poll.wait(readable: [port.descriptor], timeout: .seconds(10)).readable == [true])
        do {
            #expect(try port.descriptor.read(limit: 1) == .end)
        } catch {
            #expect(error.number.map { LinuxError.Cause(number: $0) } == .gone)
        }
    }

    @Test(arguments: SerialPort.knownSpeeds)
    func takesTheSpeedsOfScanners(speed: Int) throws {
        let terminal = try PseudoTerminal()
        _ = try SerialPort(opening: terminal.path, line: SerialPort.Line(speed: speed))
    }

    @Test func refusesOthers() throws {
        let terminal = try PseudoTerminal()
        #expect(throws: LinuxError.unknownSpeed(9601, on: terminal.path)) {
            try SerialPort(opening: terminal.path, line: SerialPort.Line(speed: 9601))
        }
    }

    @Test func aFileIsNoPort() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("", to: "file")
        #expect(throws: LinuxError.notATerminal(path)) { try SerialPort(opening: path) }
    }

    private func read(_ count: Int, from descriptor: FileDescriptor) throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try eventually {
            if case .bytes(let more) = try descriptor.read(limit: count) { bytes += more }
            return bytes.count >= count
        }
        return bytes
    }
}
