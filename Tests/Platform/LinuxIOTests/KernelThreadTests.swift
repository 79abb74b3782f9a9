import Foundation
import LinuxIO
import ScanTesting
import Synchronization
import Testing

@Suite struct KernelThreadTests {
    private final class Words: Sendable {
        let said = Mutex<[String]>([])
    }

    @Test func joinWaitsForItsEnd() throws {
        let words = Words()
        let gate = try Wakeup()
        let thread = try KernelThread(name: "worker") { [descriptor = gate.descriptor] in
            _ = try? Poll.wait(readable: [descriptor], timeout: .seconds(30))
            words.said.withLock { $0.append("done") }
        }
        #expect(words.said.withLock { $0.isEmpty })
        gate.signal()
        thread.join()
        thread.join()
        #expect(words.said.withLock { $0 } == ["done"])
    }

    @Test func bearsItsName() throws {
        let words = Words()
        let thread = try KernelThread(name: "a name that is too long") {
            let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
            words.said.withLock { $0.append(name ?? "") }
        }
        thread.join()
        #expect(words.said.withLock { $0 } == ["a name that is \n"])
    }

    @Test func theMonotonicClockRunsForward() {
        let begin = SystemTime.monotonic
        #expect(SystemTime.monotonic >= begin)
        #expect(Duration.milliseconds(1500).microseconds == 1_500_000)
        #expect(SystemTime.wall > .seconds(1_600_000_000))
    }
}
