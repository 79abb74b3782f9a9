import CCurl
import Synchronization

/// libcurl's multi interface on one thread.
///
/// What makes it safe to share: `multi` and `active` belong to the thread in `run`. Others only
/// put orders into `inbox`, and under its lock wake that thread, which libcurl allows to anyone
/// for as long as `multi` lives; it dies after `inbox` has closed.
final class TransferLoop: @unchecked Sendable {
    enum Order: Sendable {
        case start(Transfer)
        case cancel(Transfer)
        case resume(Transfer)
    }

    private struct Inbox {
        var orders: [Order] = []
        var isOpen = true
    }

    private static let connectionLimit = 1024
    private static let keptConnectionLimit = 32
    /// How long to sleep when nothing happens. libcurl wakes earlier for its own timers.
    private static let idleMilliseconds: Int32 = 3_600_000
    private static let initialized = curl_global_init(Int(CURL_GLOBAL_ALL))

    private let inbox = Mutex(Inbox())
    private let multi: UnsafeMutableRawPointer
    private var active: [UnsafeMutableRawPointer: EasyHandle] = [:]

    init() throws(HTTPError) {
        guard Self.initialized == CURLE_OK, let multi = curl_multi_init() else {
            throw .broken("cannot be initialized")
        }
        self.multi = multi
        ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, Self.connectionLimit)
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnectionLimit)
    }

    /// Any thread. After `stop` a start ends at once.
    func obey(_ order: Order) {
        let isAccepted = inbox.withLock { inbox in
            guard inbox.isOpen else { return false }
            inbox.orders.append(order)
            curl_multi_wakeup(multi)
            return true
        }
        if !isAccepted, case .start(let transfer) = order { transfer.end(.failure(.closed)) }
    }

    /// Any thread, any number of times.
    func stop() {
        inbox.withLock { inbox in
            guard inbox.isOpen else { return }
            inbox.isOpen = false
            curl_multi_wakeup(multi)
        }
    }

    /// For a loop that never ran.
    func abandon() {
        stop()
        curl_multi_cleanup(multi)
    }

    /// The thread's whole life.
    func run() {
        while true {
            let (orders, isOpen) = takeOrders()
            guard isOpen else { return finish(orders) }
            for order in orders { carryOut(order) }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            reapDone()
            curl_multi_poll(multi, nil, 0, Self.idleMilliseconds, nil)
        }
    }

    private func takeOrders() -> ([Order], isOpen: Bool) {
        inbox.withLock { inbox in
            defer { inbox.orders = [] }
            return (inbox.orders, inbox.isOpen)
        }
    }

    private func carryOut(_ order: Order) {
        switch order {
        case .start(let transfer): start(transfer)
        case .cancel(let transfer):
            transfer.end(.failure(.cancelled))
            if let easy = handle(of: transfer) { remove(easy) }
        case .resume(let transfer):
            if let easy = handle(of: transfer) { ccurl_resume(easy.pointer) }
        }
    }

    private func start(_ transfer: Transfer) {
        guard !transfer.hasEnded else { return }
        do throws(HTTPError) {
            let easy = try EasyHandle(transfer)
            let code = curl_multi_add_handle(multi, easy.pointer)
            guard code == CURLM_OK else {
                throw .broken(String(cString: curl_multi_strerror(code)))
            }
            active[easy.pointer] = easy
        } catch {
            transfer.end(.failure(error))
        }
    }

    private func reapDone() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE, let easy = active[message.easy_handle] else {
                continue
            }
            let code = message.data.result
            remove(easy)
            easy.transfer.end(code == CURLE_OK ? .success(()) : .failure(easy.error(code)))
        }
    }

    private func finish(_ orders: [Order]) {
        for case .start(let transfer) in orders { transfer.end(.failure(.closed)) }
        for easy in active.values {
            curl_multi_remove_handle(multi, easy.pointer)
            easy.transfer.end(.failure(.closed))
        }
        active = [:]
        curl_multi_cleanup(multi)
    }

    private func handle(of transfer: Transfer) -> EasyHandle? {
        active.values.first { $0.transfer === transfer }
    }

    private func remove(_ easy: EasyHandle) {
        curl_multi_remove_handle(multi, easy.pointer)
        active[easy.pointer] = nil
    }
}
