package import Scans

/// How to make one scanner beep and light up: by the reports that its descriptor declares.
package struct VerdictSignals: Sendable, Equatable {
    /// One report that asks for something, and what it asks for.
    package struct Request: Sendable, Equatable {
        var kind: ReportDescriptor.Kind
        var reportID: UInt8
        var lengthBytes: Int
        var places: [ScanLayout.Place]

        /// The report with its name, on top of what it holds already.
        package func report(over current: [UInt8]? = nil) -> [UInt8] {
            var body = Array((current ?? []).dropFirst().prefix(lengthBytes))
            body += [UInt8](repeating: 0, count: lengthBytes - body.count)
            for place in places { place.field.set(place.index, to: 1, in: &body) }
            return [reportID] + body
        }
    }

    private let descriptor: ReportDescriptor

    package init(_ descriptor: ReportDescriptor) {
        self.descriptor = descriptor
    }

    /// Whether it can say anything at all.
    var isEmpty: Bool { Feedback.Signal.allCases.allSatisfy { requests(for: $0).isEmpty } }

    /// What to send for a signal; several when beeper and light are in different reports.
    package func requests(for signal: Feedback.Signal) -> [Request] {
        let places = usages(for: signal).compactMap(place)
        var requests: [Request] = []
        for place in places {
            let (kind, id) = (place.field.kind, place.field.reportID)
            if let index = requests.firstIndex(where: { $0.kind == kind && $0.reportID == id }) {
                requests[index].places.append(place)
            } else {
                requests.append(
                    Request(
                        kind: kind, reportID: id,
                        lengthBytes: descriptor.lengthBytes(of: kind, id), places: [place]))
            }
        }
        return requests
    }

    private func usages(for signal: Feedback.Signal) -> [UInt32] {
        switch signal {
        case .ok, .done, .batch: [ScannerUsage.goodReadBeep, ScannerUsage.goodReadLight]
        case .unknown:
            place(ScannerUsage.notOnFileBeep) == nil
                ? [ScannerUsage.errorBeep] : [ScannerUsage.notOnFileBeep]
        case .error: [ScannerUsage.errorBeep]
        }
    }

    /// Output reports are made for it; features may be settings that stay.
    private func place(_ usage: UInt32) -> ScanLayout.Place? {
        let fields = descriptor.fields.filter { $0.kind != .input }
            .sorted { $0.kind == .output && $1.kind != .output }
        return fields.lazy.compactMap { field in
            field.index(of: usage).map { ScanLayout.Place(field: field, index: $0) }
        }.first
    }
}
