import LinuxIO
import Synchronization

/// One broker, one thread: connects, publishes, listens for confirmations, connects again.
///
/// What makes it safe to share: all but `inbox` and `wakeup` belong to the thread in `run`.
final class BrokerLoop: @unchecked Sendable {
    private struct Inbox {
        var job: PublishJob?
        var isOpen = true
    }

    /// How often libmosquitto is asked whether a PINGREQ is due. Well within its keep-alive.
    private static let idleLook = Duration.seconds(10)

    private let broker: MQTTBroker
    private let inbox = Mutex(Inbox())
    private let wakeup: Wakeup
    private var connection: BrokerConnection?
    private var job: PublishJob?
    private var nextAttempt = SystemTime.monotonic

    init(_ broker: MQTTBroker) throws(LinuxError) {
        self.broker = broker
        wakeup = try Wakeup()
    }

    /// Any thread. After `stop` it is over at once.
    func begin(_ job: PublishJob) {
        let isTaken = inbox.withLock { inbox in
            guard inbox.isOpen else { return false }
            inbox.job = job
            return true
        }
        guard isTaken else { return job.end(0, .closed) }
        wakeup.signal()
    }

    /// Any thread.
    func cancel(_ job: PublishJob) {
        job.end(0, .cancelled)
        wakeup.signal()
    }

    /// Any thread, any number of times.
    func stop() {
        inbox.withLock { $0.isOpen = false }
        wakeup.signal()
    }

    /// The thread's whole life.
    func run() {
        while true {
            let (fresh, isOpen) = takeInbox()
            guard isOpen else { return finish(fresh) }
            if let fresh { job = fresh }
            // What it left unconfirmed must not mix with what comes next.
            if job?.isOver == true {
                (job, connection) = (nil, connection?.isQuiet == true ? connection : nil)
            }
            turn()
        }
    }

    private func takeInbox() -> (PublishJob?, isOpen: Bool) {
        inbox.withLock { inbox in
            defer { inbox.job = nil }
            return (inbox.job, inbox.isOpen)
        }
    }

    private func turn() {
        do throws(MQTTError) {
            if connection == nil { connection = try connectIfDue() }
            guard let connection else { return sleep(until: nextAttempt) }
            if let job { try connection.publish(job) }
            try connection.wait(beside: wakeup, atMost: Self.idleLook)
            if let job, connection.confirmedCount(of: job) == job.messages.count {
                job.end(job.messages.count, nil)
                self.job = nil
            }
        } catch {
            fail(error)
        }
    }

    /// nil: not yet. Whoever wants to publish doesn't wait.
    private func connectIfDue() throws(MQTTError) -> BrokerConnection? {
        guard job != nil || SystemTime.monotonic >= nextAttempt else { return nil }
        nextAttempt = SystemTime.monotonic + broker.reconnectPause
        return try BrokerConnection(broker)
    }

    private func fail(_ error: MQTTError) {
        if let job { job.end(connection?.confirmedCount(of: job) ?? 0, error) }
        (job, connection) = (nil, nil)
        nextAttempt = SystemTime.monotonic + broker.reconnectPause
    }

    private func sleep(until moment: Duration) {
        // A failure here would show at once in the next round.
        _ = try? Poll.wait(
            readable: [wakeup.descriptor], timeout: max(.zero, moment - SystemTime.monotonic))
        wakeup.drain()
    }

    private func finish(_ fresh: PublishJob?) {
        for job in [job, fresh] { job?.end(0, .closed) }
        connection?.sayFarewell()
        connection = nil
    }
}
