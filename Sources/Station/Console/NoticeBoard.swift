public import DriverKit
public import LocalAPI
import OperatorGrants
public import Operators
public import Pipeline
public import Scans
import Synchronization

/// What happened lately beside scans: devices that came and went, lines that were lost.
///
/// Nothing here is stored. Who listens sees what happens; who comes later sees the state.
public final class NoticeBoard: Sendable {
    /// A listener that is further behind misses the oldest.
    static let limit = 256

    struct Notice: Sendable {
        var number: UInt64
        var event: ServerSentEvent
    }

    private struct State {
        var next: UInt64 = 1
        var notices: [Notice] = []
    }

    private let state = Mutex(State())
    private let news: Broadcast

    public init(news: Broadcast) {
        self.news = news
    }

    public func changed(_ device: DeviceStatus) {
        post("device", APIForm.text(DeviceReport(device)))
    }

    public func refused(_ device: DeviceName, _ feedback: Feedback) {
        let report = RefusedReport(
            device: device.rawValue, code: feedback.code ?? "refused", message: feedback.message)
        post("refused", APIForm.text(report))
    }

    public func changed(_ outbox: OutboxReport) {
        post("outbox", APIForm.text(outbox))
    }

    /// `session`: of who works at the station.
    public func changed(_ session: Session?) {
        let notice = SessionNotice(operator: session?.name, role: session?.role.rawValue)
        post("session", APIForm.text(notice))
    }

    private func post(_ name: String, _ data: String) {
        state.withLock { state in
            let event = ServerSentEvent(name: name, data: data)
            state.notices.append(Notice(number: state.next, event: event))
            state.next += 1
            if state.notices.count > Self.limit { state.notices.removeFirst() }
        }
        news.signal()
    }

    /// Of the newest; 0 before the first.
    var last: UInt64 { state.withLock { $0.next - 1 } }

    func notices(after number: UInt64) -> [Notice] {
        state.withLock { state in Array(state.notices.drop { $0.number <= number }) }
    }
}
