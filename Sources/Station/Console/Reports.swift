import CatalogueStore
import DriverKit
import LedgerStore
import LocalAPI
import Replication
import Reporting
import Scans
import StationStorage
import SyncProtocol
import Syncing

// What the station's own types look like in the local API.

extension DeviceReport {
    init(_ status: DeviceStatus) {
        var code: String?
        if case .failed(let fault) = status.state { code = fault.rawValue }
        self.init(
            name: status.device.rawValue, driver: status.driver.rawValue,
            state: status.state.name, code: code, reason: status.reason, fix: status.fix,
            node: status.node, confined: status.confinement?.granted,
            unconfined: status.confinement?.lacking.nonEmpty)
    }
}

extension CandidateReport {
    init(_ device: DeviceDescriptor) {
        self.init(
            node: device.node, product: device.identity.product,
            vendorID: device.identity.vendorID, productID: device.identity.productID,
            serial: device.identity.serial, portPath: device.identity.portPath)
    }
}

extension EventReport {
    /// `known`: what the code that was read means now.
    init(_ record: IntakeRecord, known: CodeMeaning? = nil) {
        self.init(
            sequence: record.sequence, time: APIForm.time(record.wallMicroseconds),
            device: record.device, text: record.text, aim: record.aim.nonEmpty,
            symbology: record.symbology.nonEmpty, elements: record.elements.nonEmpty,
            meaning: record.meaning.nonEmpty,
            decision: record.decision, signal: record.signal, code: record.code.nonEmpty,
            message: record.message, batch: record.batch.nonEmpty,
            operations: record.operations.map(\.description), name: known?.item.name,
            item: known?.item.key)
    }
}

extension BatchReport {
    init(_ record: BatchRecord, content: [(id: OperationID, line: BatchLine)]? = nil) {
        self.init(
            code: record.code.rawValue, mode: record.mode.rawValue, place: record.place.rawValue,
            destination: record.destination?.rawValue, stage: record.stage.rawValue,
            opened: APIForm.time(record.openedMicroseconds),
            closed: record.closedMicroseconds.map(APIForm.time), lines: record.lines,
            pieces: record.pieces, totals: record.totals.map(Total.init),
            content: content?.map {
                Line(
                    id: $0.id.description, code: $0.line.code, quantity: $0.line.quantity,
                    unit: $0.line.unit.rawValue.nonEmpty)
            })
        list = record.list.nonEmpty
    }

    /// A batch as the workflow holds it.
    init(_ summary: BatchSummary) {
        self.init(
            code: summary.code.rawValue, mode: summary.mode.rawValue,
            place: summary.place.rawValue, destination: summary.destination?.rawValue,
            stage: summary.stage.rawValue, opened: APIForm.time(summary.opened.wallMicroseconds),
            closed: nil, lines: summary.lines, pieces: summary.pieces,
            totals: summary.totals.map(Total.init))
    }
}

extension BatchReport.Total {
    init(_ total: BatchTotal) {
        self.init(
            code: total.subject.code, lot: total.subject.lot.rawValue.nonEmpty,
            lines: total.lines, pieces: total.pieces)
    }
}

extension StockReport {
    init(_ balance: StockBalance) {
        self.init(
            item: balance.key.item.rawValue, place: balance.key.place.rawValue,
            lot: balance.key.lot.rawValue.nonEmpty, quantity: balance.value,
            ifCountedLast: balance.recount?.ifCountedLast,
            isInternal: balance.key.place.isInternal ? true : nil)
    }
}

extension SerialReport {
    init(_ serial: SerialCode, _ placement: SerialPlacement) {
        self.init(
            serial: serial.rawValue, place: placement.place.rawValue,
            contested: placement.contested.sorted().map(\.rawValue))
    }
}

extension OutboxReport {
    init(_ depth: OutboxDepth) {
        self.init(
            waiting: depth.waiting, oldest: depth.oldestMicroseconds.map(APIForm.time),
            deadLetters: depth.deadLetters,
            lastAcknowledged: depth.lastAcknowledgedMicroseconds.map(APIForm.time),
            held: depth.hold.map {
                Held(
                    since: APIForm.time($0.sinceMicroseconds), operator: $0.reason.who,
                    reason: $0.reason.why)
            })
    }
}

extension DeadLetterReport {
    init(_ letter: DeadLetter) {
        self.init(
            id: letter.id.description, code: letter.refusal.code, message: letter.refusal.message,
            time: APIForm.time(letter.wallMicroseconds),
            operation: OperationEntry(
                letter.operation,
                standing: Standing(position: nil, rank: letter.operation.clock.rawValue)),
            scanned: letter.scanned, settled: letter.settled.map { AuditReport($0) })
    }
}

extension AuditReport {
    init(_ audit: OutboxAudit) {
        self.init(
            number: audit.id, time: APIForm.time(audit.wallMicroseconds),
            action: audit.action.rawValue, operator: audit.reason.who, reason: audit.reason.why,
            operation: audit.operation?.description,
            newOperation: audit.newOperation?.description)
    }
}

extension LinkReport {
    init(_ state: LinkState, _ enrolment: Enrolment?) {
        var report = LinkReport(
            state: "not-enrolled", hubURL: enrolment?.hubURL,
            station: enrolment?.station.rawValue, pin: enrolment?.pin)
        switch state {
        case .notEnrolled: report.state = enrolment == nil ? "not-enrolled" : "connecting"
        case .connecting: report.state = "connecting"
        case .online: report.state = "online"
        case .offline(let code, let message):
            (report.state, report.code, report.message) = ("offline", code, message)
        }
        self = report
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
