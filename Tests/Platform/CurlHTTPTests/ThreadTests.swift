import CurlHTTP
import Foundation
import Testing

@Suite(.serialized) struct ThreadTests {
    @Test func closingLeavesNoThread() throws {
        let clients = try (0..<20).map { _ in try HTTPClient(name: "http-closing") }
        wait { threads(named: "http-closing") == 20 }
        #expect(threads(named: "http-closing") == 20)
        for client in clients { client.close() }
        #expect(threads(named: "http-closing") == 0)
    }

    @Test func lettingGoLeavesNoThread() throws {
        _ = try HTTPClient(name: "http-letgo")
        wait { threads(named: "http-letgo") == 0 }
        #expect(threads(named: "http-letgo") == 0)
    }

    private func wait(until isTrue: () -> Bool) {
        let deadline = ContinuousClock.now + .seconds(5)
        while !isTrue(), ContinuousClock.now < deadline { sched_yield() }
    }

    private func threads(named name: String) -> Int {
        let root = "/proc/self/task"
        // A thread may end between being listed and being asked.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.count { number in
            let text = try? String(contentsOfFile: "\(root)/\(number)/comm", encoding: .utf8)
            return text == name + "\n"
        }
    }
}
