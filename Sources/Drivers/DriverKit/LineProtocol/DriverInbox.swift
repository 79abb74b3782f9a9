import Scans

/// What one driver process has said: checks each message and passes it on to the session.
struct DriverInbox {
    /// A driver's last word.
    enum Farewell: Equatable {
        case stopped
        case failed(DriverFault)
    }

    /// In characters; text from outside is cut to this before anyone sees it.
    private static let textLimit = 400

    private let driver: DriverName
    private let session: DeviceSession
    private(set) var farewell: Farewell?
    private var isGreeted = false
    private var lastID: UInt64 = 0
    /// The child's number of each capture without a verdict, by ours.
    private var unanswered: [UInt64: UInt64] = [:]
    private var lineCount = 0

    init(driver: DriverName, session: DeviceSession) {
        self.driver = driver
        self.session = session
    }

    /// The child's number of a capture that has its verdict. nil: the verdict is no business of its.
    mutating func settle(_ id: UInt64) -> UInt64? {
        unanswered.removeValue(forKey: id)
    }

    mutating func take(_ line: [UInt8]) throws {
        lineCount += 1
        // What was wrong with it may quote a scan, and so is not told.
        guard let message = try? LineProtocol.message(DriverMessage.self, in: line) else {
            throw DriverFault.brokenProtocol(driver, "sent no message in line \(lineCount)")
        }
        if isGreeted { try take(message) } else { try greet(message) }
    }

    private mutating func greet(_ message: DriverMessage) throws {
        guard case .hello(let name, let version) = message else {
            throw DriverFault.brokenProtocol(driver, "did not say hello first")
        }
        guard version == LineProtocol.version else {
            throw DriverFault.brokenProtocol(
                driver, "speaks version \(version), not \(LineProtocol.version)")
        }
        guard name == driver else {
            throw DriverFault.brokenProtocol(driver, "calls itself '\(Self.text("\(name)"))'")
        }
        isGreeted = true
    }

    private mutating func take(_ message: DriverMessage) throws {
        switch message {
        case .hello: throw DriverFault.brokenProtocol(driver, "said hello twice")
        case .listening: session.markListening()
        case .capture(let capture): try deliver(capture)
        case .refused(let code, let reason):
            session.refuse(code: Self.text(code), Self.text(reason))
        case .warning(let text): session.warn(Self.text(text))
        case .alive: break
        case .failed(let fault): farewell = .failed(Self.shown(fault))
        case .quarantined(let fault): session.quarantine(Self.shown(fault))
        case .confined(let confinement):
            session.confined(
                DeviceConfinement(
                    granted: Self.text(confinement.granted),
                    lacking: Self.text(confinement.lacking)))
        case .stopped: farewell = farewell ?? .stopped
        case .unknown(let type):
            session.warn("its driver sent a message of unknown type '\(Self.text(type))'")
        }
    }

    private mutating func deliver(_ capture: CaptureMessage) throws {
        // After a stop there is always room.
        guard unanswered.count < session.inFlightLimit || session.isStopped else {
            throw DriverFault.brokenProtocol(
                driver, "sent more than \(session.inFlightLimit) captures without a verdict")
        }
        guard capture.id > lastID else {
            throw DriverFault.brokenProtocol(driver, "used the capture number \(capture.id) twice")
        }
        lastID = capture.id
        let id = try session.deliver(
            capture.payload, aim: capture.aim, quality: capture.quality, time: capture.time,
            trace: capture.trace)
        if let id { unanswered[id] = capture.id }
    }

    private static func shown(_ fault: DriverFault) -> DriverFault {
        DriverFault(fault.code, text(fault.message), fix: text(fault.fix))
    }

    private static func text(_ text: String) -> String {
        PrintableText(text, limit: textLimit).description
    }
}
