import Glibc
import LinuxIO
import Synchronization

/// A thread of its own that runs an actor's jobs, waits for files and keeps timers.
///
/// So hotplug news, the ends of drivers and timers reach the actor in order and without tasks, and
/// what libudev gives is never seen by a second thread. Sleeps while there is nothing to do.
final class DeviceLoop: SerialExecutor {
    typealias Call = @Sendable () -> Void

    private enum Work {
        case job(UnownedJob)
        case call(Call)
    }

    private struct Watch {
        var descriptor: FileDescriptor
        var call: Call
    }

    private struct State {
        var work: [Work] = []
        var timers: [Int: (deadline: Duration, call: Call)] = [:]
        var nextTimer = 0
        var watches: [Watch] = []
        var isEnding = false
        var thread: pthread_t?
    }

    private let state = Mutex(State())
    private let wakeup: Wakeup

    init() throws(LinuxError) {
        wakeup = try Wakeup()
    }

    /// Starts the thread, which lives until `end` is called.
    func start() throws(LinuxError) {
        _ = try KernelThread(name: "devices") { self.run() }
    }

    func end() {
        state.withLock { $0.isEnding = true }
        wakeup.signal()
    }

    /// Runs `call` on the thread, after everything that was asked for before.
    func call(_ call: @escaping Call) {
        add(.call(call))
    }

    /// Calls whenever there is something to read. Lasts until the end.
    func watch(_ descriptor: FileDescriptor, _ call: @escaping Call) {
        state.withLock { $0.watches.append(Watch(descriptor: descriptor, call: call)) }
        wakeup.signal()
    }

    /// Calls once, after `duration`.
    func after(_ duration: Duration, _ call: @escaping Call) -> Int {
        defer { wakeup.signal() }
        return state.withLock { state in
            defer { state.nextTimer += 1 }
            state.timers[state.nextTimer] = (SystemTime.monotonic + duration, call)
            return state.nextTimer
        }
    }

    func cancel(timer: Int?) {
        guard let timer else { return }
        state.withLock { _ = $0.timers.removeValue(forKey: timer) }
    }

    private func add(_ work: Work) {
        let isFirst = state.withLock { state in
            state.work.append(work)
            return state.work.count == 1
        }
        if isFirst { wakeup.signal() }
    }
}

extension DeviceLoop {
    func enqueue(_ job: consuming ExecutorJob) {
        add(.job(UnownedJob(job)))
    }

    func checkIsolated() {
        precondition(isOnThread, "bug: this runs outside of the thread 'devices'")
    }

    func isIsolatingCurrentContext() -> Bool? { isOnThread }

    private var isOnThread: Bool {
        state.withLock { $0.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }
}

extension DeviceLoop {
    private func run() {
        state.withLock { $0.thread = pthread_self() }
        while true {
            for work in takeWork() { perform(work) }
            for call in takeDueTimers() { call() }
            let (isIdle, isEnding) = state.withLock { ($0.work.isEmpty, $0.isEnding) }
            if isIdle && isEnding { return }
            if isIdle { waitForNews() }
        }
    }

    private func perform(_ work: Work) {
        switch work {
        case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
        case .call(let call): call()
        }
    }

    private func takeWork() -> [Work] {
        state.withLock { state in
            defer { state.work = [] }
            return state.work
        }
    }

    private func takeDueTimers() -> [Call] {
        let now = SystemTime.monotonic
        return state.withLock { state in
            let due = state.timers.filter { $0.value.deadline <= now }
            for number in due.keys { state.timers.removeValue(forKey: number) }
            return due.sorted { $0.value.deadline < $1.value.deadline }.map(\.value.call)
        }
    }

    private func waitForNews() {
        let (watches, deadline) = state.withLock { state in
            (state.watches, state.timers.values.map(\.deadline).min())
        }
        let patience = deadline.map { max($0 - SystemTime.monotonic, .zero) }
        // Fails for want of kernel memory at the most; then everything is looked at in a moment.
        let ready = try? Poll.wait(
            readable: [wakeup.descriptor] + watches.map(\.descriptor), timeout: patience)
        wakeup.drain()
        guard let ready else { return }
        for (watch, isReady) in zip(watches, ready.readable.dropFirst()) where isReady {
            watch.call()
        }
    }
}
