import LinuxIO
public import Logging
public import Scans

/// Makes signals heard and seen at the station: by tone, speech, light and lamp, on a thread of its own.
///
/// What it can't show costs a warning and nothing else.
public final class SignalBoard: Sendable {
    private let queue: SignalQueue
    private let thread: KernelThread

    public convenience init(_ settings: FeedbackSettings, log: Logger) throws {
        try self.init(settings, ledFolder: LEDLight.folder, log: log)
    }

    package init(_ settings: FeedbackSettings, ledFolder: String, log: Logger) throws {
        let queue = try SignalQueue()
        self.queue = queue
        thread = try KernelThread(name: "signals") {
            var loop = SignalLoop(settings, ledFolder: ledFolder, queue: queue, log: log)
            loop.run()
        }
    }

    deinit {
        queue.close()
        thread.join()
    }

    /// Has this said, after the signals that wait; what is being said or waits to be is cut off. nil:
    /// only that. Returns at once. For any thread.
    public func say(_ utterance: Utterance?) {
        queue.say(utterance)
    }

    /// Returns at once. For any thread.
    public func show(_ signal: Feedback.Signal) {
        queue.put(signal)
    }
}
