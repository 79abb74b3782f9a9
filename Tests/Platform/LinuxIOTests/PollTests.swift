import Glibc
import LinuxIO
import ScanTesting
import Synchronization
import Testing

@Suite struct PollTests {
    @Test func answersInTheOrderAskedFor() throws {
        let one = try Wakeup()
        let two = try Wakeup()
        two.signal()
        let ready = try Poll.wait(
            readable: [one.descriptor, two.descriptor], writable: [one.descriptor],
            timeout: .seconds(10))
        #expect(ready.readable == [false, true])
        #expect(ready.writable == [true])
        #expect(!ready.isTimeout)
    }

    @Test func givesUpAfterTheTimeoutAndNotBefore() throws {
        let wakeup = try Wakeup()
        let begin = SystemTime.monotonic
        let ready = try Poll.wait(readable: [wakeup.descriptor], timeout: .milliseconds(20))
        #expect(ready.isTimeout)
        #expect(SystemTime.monotonic - begin >= .milliseconds(20))
    }

    @Test(arguments: [Duration.zero, .seconds(-5)])
    func aTimeThatIsOverOnlyLooks(timeout: Duration) throws {
        let wakeup = try Wakeup()
        #expect(try Poll.wait(readable: [wakeup.descriptor], timeout: timeout).isTimeout)
        wakeup.signal()
        #expect(try Poll.wait(readable: [wakeup.descriptor], timeout: timeout).readable == [true])
    }

    @Test func aHangUpIsReadable() throws {
        let folder = try TemporaryFolder()
        let path = try folder.makeFIFO("pipe")
        let reader = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        var writer: FileDescriptor? = try FileDescriptor(opening: path, O_WRONLY)
        #expect(try Poll.wait(readable: [reader], timeout: .zero).isTimeout)
        try writer?.writeAll([7])
        writer = nil
        #expect(try Poll.wait(readable: [reader], timeout: .seconds(10)).readable == [true])
        #expect(try reader.read(limit: 10) == .bytes([7]))
        #expect(try Poll.wait(readable: [reader], timeout: .seconds(10)).readable == [true])
        #expect(try reader.read(limit: 10) == .end)
    }

    @Test func wakesAThreadThatWaits() throws {
        let wakeup = try Wakeup()
        let woken = Flag()
        let thread = try KernelThread(name: "sleeper") { [descriptor = wakeup.descriptor] in
            let ready = try? Poll.wait(readable: [descriptor], timeout: .seconds(30))
            woken.isRaised.withLock { $0 = ready?.isTimeout == false }
        }
        wakeup.signal()
        thread.join()
        #expect(woken.isRaised.withLock { $0 })
    }

    @Test func manySignalsAreOneWakeUp() throws {
        let wakeup = try Wakeup()
        for _ in 0..<1000 { wakeup.signal() }
        #expect(try Poll.wait(readable: [wakeup.descriptor], timeout: .zero).readable == [true])
        wakeup.drain()
        wakeup.drain()
        #expect(try Poll.wait(readable: [wakeup.descriptor], timeout: .zero).isTimeout)
    }
}

private final class Flag: Sendable {
    let isRaised = Mutex(false)
}
