/// An answer whose body comes in pieces. It has one reader.
///
/// A reader that is slow slows the server down: no more than `bufferLimitBytes` wait here.
public struct HTTPStream: Sendable, AsyncSequence {
    static let bufferLimitBytes = 256 << 10

    private let lease: Lease

    init(_ transfer: Transfer, _ loop: TransferLoop) {
        lease = Lease(transfer: transfer, loop: loop)
    }

    public var status: Int { lease.transfer.status }

    /// The first header of this name, in whatever case.
    public func header(_ name: String) -> String? { lease.transfer.header(name) }

    public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let lease: Lease

        /// What has come since the last call; nil at the end. Throws `HTTPError`.
        public func next() async throws -> [UInt8]? {
            await withTaskCancellationHandler {
                await lease.transfer.wait(for: .bytes)
            } onCancel: { [lease] in
                lease.loop.obey(.cancel(lease.transfer))
            }
            let (bytes, wasPaused) = try lease.transfer.takeBytes()
            if wasPaused { lease.loop.obey(.resume(lease.transfer)) }
            return bytes
        }
    }

    /// Ends the transfer when the last user of the stream has gone.
    fileprivate final class Lease: Sendable {
        let transfer: Transfer
        let loop: TransferLoop

        init(transfer: Transfer, loop: TransferLoop) {
            self.transfer = transfer
            self.loop = loop
        }

        deinit {
            loop.obey(.cancel(transfer))
        }
    }
}
