import CMosquitto
import Glibc
import LinuxIO

/// One connection to a broker, from CONNECT to its end. Belongs to one thread.
final class BrokerConnection {
    private static let keepAliveSeconds: Int32 = 60
    /// Messages that may be unconfirmed at once; more wait in libmosquitto.
    private static let windowLimit: Int32 = 100
    /// The library counts how often it was begun, and nothing is gained by ending it.
    private static let isBegun = mosquitto_lib_init() == 0

    private let broker: MQTTBroker
    private let handle: OpaquePointer
    private var isAccepted = false
    private var refusal: MQTTError?
    /// Kept, so that no other job can have its identity.
    private var published: PublishJob?
    /// By the number of its packet: which message of the job it is.
    private var pending: [Int32: Int] = [:]
    private var isConfirmed: [Bool] = []
    private var lastWord = SystemTime.monotonic

    /// Blocks while the connection is made.
    init(_ broker: MQTTBroker) throws(MQTTError) {
        guard Self.isBegun, let handle = mosquitto_new(broker.clientID, true, nil) else {
            throw .broken("no memory for a client")
        }
        self.broker = broker
        self.handle = handle
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        mosquitto_connect_callback_set(handle) { _, context, code in
            BrokerConnection.of(context).answered(code)
        }
        mosquitto_publish_callback_set(handle) { _, context, number in
            BrokerConnection.of(context).confirmed(number)
        }
        try setUp()
        let code = mosquitto_connect(
            handle, broker.host, Int32(broker.port), Self.keepAliveSeconds)
        guard code == MOSQ_ERR_SUCCESS.rawValue else { throw Self.failure(code, broker) }
        lastWord = SystemTime.monotonic
    }

    deinit {
        mosquitto_destroy(handle)
    }

    /// Nothing waits for a confirmation.
    var isQuiet: Bool { pending.isEmpty }

    /// How many of the first are confirmed.
    func confirmedCount(of job: PublishJob) -> Int {
        published === job ? isConfirmed.prefix { $0 }.count : 0
    }

    /// Sends the messages of the job, unless it has or isn't accepted yet.
    func publish(_ job: PublishJob) throws(MQTTError) {
        guard isAccepted, published !== job else { return }
        published = job
        isConfirmed = job.messages.map { _ in false }
        pending = [:]
        lastWord = SystemTime.monotonic
        for (index, message) in job.messages.enumerated() {
            pending[try send(message)] = index
        }
    }

    /// Waits for the broker or `wakeup`, and deals with what came.
    func wait(beside wakeup: Wakeup, atMost limit: Duration) throws(MQTTError) {
        let descriptor = mosquitto_socket(handle)
        guard descriptor >= 0 else { throw .lost(broker.place, why: "no socket") }
        let isAsked = !isAccepted || !pending.isEmpty
        if isAsked, SystemTime.monotonic - lastWord > broker.patience {
            throw .silent(broker.place, after: broker.patience)
        }
        var files = [
            pollfd(fd: wakeup.descriptor.rawValue, events: Int16(POLLIN), revents: 0),
            pollfd(
                fd: descriptor,
                events: Int16(mosquitto_want_write(handle) ? POLLIN | POLLOUT : POLLIN),
                revents: 0),
        ]
        let wait = isAsked ? min(limit, .seconds(1)) : limit
        poll(&files, nfds_t(files.count), Int32(clamping: wait.microseconds / 1000))
        if files[0].revents != 0 { wakeup.drain() }
        if files[1].revents & ~Int16(POLLOUT) != 0 { try check(mosquitto_loop_read(handle, 1)) }
        if files[1].revents & Int16(POLLOUT) != 0 { try check(mosquitto_loop_write(handle, 1)) }
        try check(mosquitto_loop_misc(handle))
        if let refusal { throw refusal }
    }

    /// Ends the connection in order.
    func sayFarewell() {
        guard isAccepted else { return }
        // The connection ends either way, and then the will is said.
        if let farewell = broker.farewell { _ = try? send(farewell) }
        mosquitto_disconnect(handle)
    }
}

extension BrokerConnection {
    private func setUp() throws(MQTTError) {
        try set(mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V311))
        try set(mosquitto_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, Self.windowLimit))
        try set(mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1))
        if let will = broker.will {
            try set(
                mosquitto_will_set(
                    handle, will.topic, Int32(will.payload.count), will.payload, 1,
                    will.isRetained))
        }
        if let user = broker.user {
            let password: String?
            do { password = try broker.password() } catch { throw .password("\(error)") }
            try set(mosquitto_username_pw_set(handle, user, password))
        }
        guard broker.isTLS else { return }
        // TLS checks the name of the host as well.
        let code =
            broker.authorityFile.map { mosquitto_tls_set(handle, $0, nil, nil, nil, nil) }
            ?? mosquitto_tls_set(handle, nil, "/etc/ssl/certs", nil, nil, nil)
        guard code == MOSQ_ERR_SUCCESS.rawValue else {
            throw .untrusted(
                broker.place, why: "\(broker.authorityFile ?? "/etc/ssl/certs") can't be used")
        }
    }

    private func send(_ message: MQTTMessage) throws(MQTTError) -> Int32 {
        var number: Int32 = 0
        try check(
            mosquitto_publish(
                handle, &number, message.topic, Int32(clamping: message.payload.count),
                message.payload, 1, message.isRetained))
        return number
    }

    /// CONNACK: MQTT 3.1.1, section 3.2.2.3.
    private func answered(_ code: Int32) {
        lastWord = SystemTime.monotonic
        guard code == 0 else {
            let why = String(cString: mosquitto_connack_string(code))
            refusal =
                code == 3
                ? .unreachable(broker.place, why: why) : .denied(broker.place, why: why)
            return
        }
        isAccepted = true
        do throws(MQTTError) {
            for greeting in broker.greetings { _ = try send(greeting) }
        } catch {
            refusal = error
        }
    }

    private func confirmed(_ number: Int32) {
        lastWord = SystemTime.monotonic
        if let index = pending.removeValue(forKey: number) { isConfirmed[index] = true }
    }

    private func set(_ code: Int32) throws(MQTTError) {
        guard code == MOSQ_ERR_SUCCESS.rawValue else { throw .broken(Self.text(code)) }
    }

    private func check(_ code: Int32) throws(MQTTError) {
        guard code != MOSQ_ERR_SUCCESS.rawValue else { return }
        if let refusal { throw refusal }
        throw isAccepted
            ? .lost(broker.place, why: Self.text(code)) : Self.failure(code, broker)
    }

    private static func failure(_ code: Int32, _ broker: MQTTBroker) -> MQTTError {
        switch mosq_err_t(rawValue: code) {
        case MOSQ_ERR_TLS, MOSQ_ERR_TLS_HANDSHAKE:
            .untrusted(broker.place, why: text(code))
        default: .unreachable(broker.place, why: text(code))
        }
    }

    private static func text(_ code: Int32) -> String {
        code == MOSQ_ERR_ERRNO.rawValue
            ? String(cString: strerror(errno)) : String(cString: mosquitto_strerror(code))
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> BrokerConnection {
        guard let context else { preconditionFailure("libmosquitto lost the context") }
        return Unmanaged<BrokerConnection>.fromOpaque(context).takeUnretainedValue()
    }
}
