import LinuxIO

/// Sends HTTP requests. Connections are kept and used again.
///
/// All transfers run on one thread. Redirects are answers like any other.
public final class HTTPClient: Sendable {
    private let loop: TransferLoop
    private let thread: KernelThread

    /// `name` is what the thread is called.
    public init(name: String = "http") throws {
        let loop = try TransferLoop()
        self.loop = loop
        do {
            thread = try KernelThread(name: name) { loop.run() }
        } catch {
            loop.abandon()
            throw error
        }
    }

    deinit {
        loop.stop()
    }

    /// Cancelling the task cancels the transfer.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let transfer = try begin(request, .whole(limitBytes: request.responseLimitBytes))
        await wait(for: .end, of: transfer)
        return try transfer.response()
    }

    /// Returns when the head of the answer is here; the body follows as it comes.
    ///
    /// Letting go of the stream ends the transfer.
    public func stream(_ request: HTTPRequest) async throws(HTTPError) -> HTTPStream {
        let transfer = try begin(request, .stream(limitBytes: HTTPStream.bufferLimitBytes))
        let stream = HTTPStream(transfer, loop)
        await wait(for: .head, of: transfer)
        try transfer.checkHead()
        return stream
    }

    /// Ends every transfer with `HTTPError.closed` and returns when the thread is gone.
    public func close() {
        loop.stop()
        thread.join()
    }

    private func begin(
        _ request: HTTPRequest, _ mode: Transfer.Mode
    ) throws(HTTPError) -> Transfer {
        try request.check()
        let transfer = Transfer(request, mode)
        loop.obey(.start(transfer))
        return transfer
    }

    private func wait(for want: Transfer.Want, of transfer: Transfer) async {
        await withTaskCancellationHandler {
            await transfer.wait(for: want)
        } onCancel: {
            loop.obey(.cancel(transfer))
        }
    }
}
