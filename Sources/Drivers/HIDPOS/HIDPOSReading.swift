import DriverKit
import LinuxIO
import Scans

/// One open scanner: its reports become captures, verdicts become beeps.
struct HIDPOSReading {
    private let device: HIDRawDevice
    private let session: DeviceSession
    private let signals: VerdictSignals?
    private var decoder: ReportDecoder
    private var hasWarned = false

    init(device: HIDRawDevice, session: DeviceSession, options: HIDPOSOptions) throws {
        self.device = device
        self.session = session
        let descriptor = try Self.descriptor(of: device, session.device)
        let layouts = ScanLayout.all(in: descriptor)
        guard !layouts.isEmpty else {
            throw try KeyboardMode(device, session.device).fault(
                mayingSwitch: options.switchesFromKeyboard)
        }
        decoder = ReportDecoder(layouts: layouts, lengthLimitBytes: options.lengthLimitBytes)
        let signals = VerdictSignals(descriptor)
        self.signals = options.signals && !signals.isEmpty ? signals : nil
    }

    func nextEvent() throws -> DeviceSession.Event {
        let patience = decoder.isWaitingForMore ? HIDPOSOptions.unfinishedLimit : nil
        // The kernel keeps 64 reports: what we do not read is soon lost.
        return if signals == nil {
            try session.waitForInput(on: device.descriptor, timeout: patience, flow: .free)
        } else {
            try session.waitForEvent(on: device.descriptor, timeout: patience, flow: .free)
        }
    }

    mutating func takeInput() throws {
        guard let reports = try device.pendingReports() else {
            pass(decoder.quiet())
            throw DriverFault.unplugged(session.device)
        }
        for report in reports { pass(decoder.push(report)) }
    }

    mutating func takeSilence() {
        pass(decoder.quiet())
    }

    /// What the kernel holds was scanned before the stop.
    mutating func finish() {
        // The device may have gone meanwhile; then there is nothing to hand over.
        for report in (try? device.pendingReports()) ?? [] { pass(decoder.push(report)) }
        pass(decoder.quiet())
    }

    mutating func tell(_ verdict: Verdict) {
        for request in signals?.requests(for: verdict.feedback.signal) ?? [] {
            do {
                try send(request)
            } catch {
                // The scan is stored all the same; once is enough to know.
                if !hasWarned { session.warn("the scanner does not take its signal: \(error)") }
                hasWarned = true
            }
        }
    }

    private func send(_ request: VerdictSignals.Request) throws(LinuxError) {
        switch request.kind {
        case .feature:
            let current = device.feature(request.reportID, length: request.lengthBytes + 1)
            try device.setFeature(request.report(over: current))
        case .output, .input: try device.send(request.report())
        }
    }

    private func pass(_ step: ReportDecoder.Step?) {
        switch step {
        case .code(let bytes, let aim): session.offer(.code(bytes), aim: aim)
        case .discarded(let reason): session.refuse(code: reason.code, reason.sentence)
        case nil: break
        }
    }

    private static func descriptor(
        of device: HIDRawDevice, _ description: DeviceDescriptor
    ) throws -> ReportDescriptor {
        do throws(ReportDescriptor.Fault) {
            return try ReportDescriptor(device.reportDescriptor)
        } catch {
            throw DriverFault(
                .notSuitable,
                "the report descriptor of \(description.node) can't be read: \(error)",
                fix: "Choose another mode of the scanner: serial, or keyboard.")
        }
    }
}

extension ReportDecoder.Reason {
    /// Stable: for logs, metrics and documentation.
    var code: String {
        switch self {
        case .tooLong: "line-too-long"
        case .unfinished: "line-unfinished"
        case .malformed: "report-malformed"
        }
    }

    var sentence: String {
        switch self {
        case .tooLong(let limit): "The code is longer than \(limit) bytes."
        case .unfinished: "The rest of a long code never came; scan it again."
        case .malformed: "The scanner sent a report that is not as it said; scan it again."
        }
    }
}
