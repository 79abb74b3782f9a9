import Foundation
import Fuzzing
import Synchronization

/// What libFuzzer calls: a function of C's, which can keep nothing of its own.
enum Engine {
    private static let target = Mutex<FuzzTarget?>(nil)

    static func choose(_ target: FuzzTarget) {
        self.target.withLock { $0 = target }
    }

    /// A rule that does not hold ends the process: so libFuzzer learns of it, and keeps the input.
    static func look(at bytes: UnsafeBufferPointer<UInt8>) {
        guard let target = target.withLock({ $0 }) else { return }
        do {
            try target.run(Array(bytes))
        } catch {
            FileHandle.standardError.write(Data("\(target.name): \(error)\n".utf8))
            abort()
        }
    }
}
