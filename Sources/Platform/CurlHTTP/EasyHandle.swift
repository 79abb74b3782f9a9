import CCurl

/// A transfer as libcurl knows it. Only the loop's thread touches it.
final class EasyHandle {
    private static let connectLimitSeconds = 10
    /// Slower than this for as long as the patience lasts, and the transfer is given up.
    private static let slowBytesPerSecond = 100
    private static let patienceSeconds = 30
    private static let longPollPatienceSeconds = 90

    let pointer: UnsafeMutableRawPointer
    let transfer: Transfer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let detail: UnsafeMutablePointer<CChar>

    init(_ transfer: Transfer) throws(HTTPError) {
        guard let pointer = curl_easy_init() else { throw .broken("no memory for a transfer") }
        self.pointer = pointer
        self.transfer = transfer
        detail = .allocate(capacity: Int(CURL_ERROR_SIZE))
        detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try setUp(transfer.request)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
        detail.deallocate()
    }

    func error(_ code: CURLcode) -> HTTPError {
        HTTPError(code, detail: String(cString: detail), request: transfer.request.summary)
    }

    private func setUp(_ request: HTTPRequest) throws(HTTPError) {
        try set(CURLOPT_ERRORBUFFER, pointer: detail)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_URL, request.url)
        try setTimes(request)
        try setRoute(request)
        try setTrust(request)
        try setBody(request)
        try setHeaders(request)
        try setCallbacks()
    }

    private func setTimes(_ request: HTTPRequest) throws(HTTPError) {
        try set(CURLOPT_CONNECTTIMEOUT, Self.connectLimitSeconds)
        // Finds out that the other machine is gone, where silence means nothing.
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        guard !transfer.isStream else { return }
        try set(CURLOPT_LOW_SPEED_LIMIT, Self.slowBytesPerSecond)
        try set(
            CURLOPT_LOW_SPEED_TIME,
            request.isLongPoll ? Self.longPollPatienceSeconds : Self.patienceSeconds)
    }

    /// A proxy of the environment is for the network, not for this machine.
    private func setRoute(_ request: HTTPRequest) throws(HTTPError) {
        if let path = request.unixSocket { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
        if request.unixSocket != nil || Self.isLoopback(request.url) { try set(CURLOPT_PROXY, "") }
    }

    /// A pinned key vouches for its server by itself. Without TLS there is no key: such an address
    /// is refused, so that nothing is sent to whoever answers there.
    private func setTrust(_ request: HTTPRequest) throws(HTTPError) {
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard let pin = request.pin else { return }
        try set(CURLOPT_PROTOCOLS_STR, "https")
        try set(CURLOPT_PINNEDPUBLICKEY, pin.text)
        try set(CURLOPT_SSL_VERIFYPEER, 0)
        try set(CURLOPT_SSL_VERIFYHOST, 0)
    }

    private func setBody(_ request: HTTPRequest) throws(HTTPError) {
        switch request.method {
        case "HEAD": try set(CURLOPT_NOBODY, 1)
        case "GET" where request.body.isEmpty: try set(CURLOPT_HTTPGET, 1)
        default:
            let size = curl_off_t(request.body.count)
            try check(ccurl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, size))
            let body = request.body.isEmpty ? [0] : request.body
            try check(
                body.withUnsafeBytes {
                    ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
                })
            try set(CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    private func setHeaders(_ request: HTTPRequest) throws(HTTPError) {
        // Without these libcurl would wait for "100 Continue" and claim a form.
        try append("Expect:")
        if !request.hasHeader("Content-Type") { try append("Content-Type:") }
        for (name, value) in request.headers {
            try append(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headers))
    }

    private func setCallbacks() throws(HTTPError) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        try set(CURLOPT_HEADERDATA, pointer: context)
        try set(CURLOPT_WRITEDATA, pointer: context)
        try check(
            ccurl_set_receive(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                EasyHandle.transfer(context).receiveHead(.init(start: bytes, count: size * count))
            })
        try check(
            ccurl_set_receive(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                EasyHandle.transfer(context).receiveBody(.init(start: bytes, count: size * count))
            })
    }

    private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("libcurl lost the context") }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    private static func isLoopback(_ url: String) -> Bool {
        let host =
            url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        return ["127.", "localhost", "[::1]"].contains { host.hasPrefix($0) }
    }

    private func append(_ header: String) throws(HTTPError) {
        guard let longer = curl_slist_append(headers, header) else {
            throw .broken("no memory for a header")
        }
        headers = longer
    }

    private func set(_ option: CURLoption, _ value: Int) throws(HTTPError) {
        try check(ccurl_set_long(pointer, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws(HTTPError) {
        try check(ccurl_set_text(pointer, option, value))
    }

    private func set(
        _ option: CURLoption, pointer value: UnsafeMutableRawPointer
    ) throws(HTTPError) {
        try check(ccurl_set_pointer(pointer, option, value))
    }

    private func check(_ code: CURLcode) throws(HTTPError) {
        guard code == CURLE_OK else { throw error(code) }
    }
}
