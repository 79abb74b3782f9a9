import LinuxIO

/// Publishes to a broker by MQTT 3.1.1 at quality of service 1, on a thread of its own.
///
/// It connects at once, and again whenever the connection is lost; what was not confirmed by then
/// is the caller's to publish again, so that nothing overtakes it.
public final class MQTTClient: Sendable {
    /// What became of messages: the first `confirmedCount` are the broker's now.
    public struct Outcome: Sendable, Equatable {
        public var confirmedCount: Int
        /// nil: these are all.
        public var error: MQTTError?
    }

    private let loop: BrokerLoop

    /// Throws when there is no thread for it.
    public init(_ broker: MQTTBroker) throws {
        let loop = try BrokerLoop(broker)
        self.loop = loop
        // The thread ends by itself, when it may: a connection attempt can't be broken off.
        _ = try KernelThread(name: "mqtt") { loop.run() }
    }

    deinit {
        loop.stop()
    }

    /// Returns when all are confirmed, or that can't come any more. One call at a time.
    public func publish(_ messages: [MQTTMessage]) async -> Outcome {
        let job = PublishJob(messages)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                job.whenOver { continuation.resume(returning: $0) }
                loop.begin(job)
            }
        } onCancel: {
            loop.cancel(job)
        }
    }

    /// Says the farewell and ends the connection, soon.
    public func close() {
        loop.stop()
    }
}
