import DriverKit
import Hummingbird
import LedgerStore
import LocalAPI
import Pipeline
import Replication
import Scans
import StationStorage

/// What the station knows of stock.
struct StockRoutes: Sendable {
    static let stockLimit = 500

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("lookup") { request, _ in try await lookUp(request) }
    }

    private func lookUp(_ request: Request) async throws -> Response {
        guard let code = request.parameter("code"), !code.isEmpty else {
            throw ConsoleError.parameter("code", "")
        }
        let isComplete = try request.flag("all", default: false)
        let capture = Capture(
            device: "api", payload: .keystrokes(code), time: .now())
        switch Interpreter(rules: context.rules).interpret(capture) {
        case .rejected(let rejection):
            throw ConsoleError.rejected(code: rejection.code, rejection.message)
        case .scan(let scan): return .json(try await report(on: scan, isComplete))
        }
    }

    private func report(on scan: Scan, _ isComplete: Bool) async throws -> LookUpReport {
        return try await context.store.read { reader in
            let known = try reader.known(scan.meaning)
            let subject = LookUpSubject(known.meaning)
            let report = try reader.ledger { ledger, db in
                var report = LookUpReport(
                    code: scan.text, meaning: subject.meaning, name: subject.name, stock: [],
                    serial: nil, isTruncated: false)
                if let filter = subject.filter {
                    let stock = try ledger.stock(filter, limit: Self.stockLimit + 1, in: db)
                    report.isTruncated = stock.count > Self.stockLimit
                    report.stock = stock.prefix(Self.stockLimit)
                        .filter { isComplete || !$0.key.place.isInternal }
                        .map { StockReport($0) }
                }
                if let serial = subject.serial {
                    report.serial = try ledger.serial(serial, in: db).map {
                        SerialReport(serial, $0)
                    }
                }
                return report
            }
            return try known.filled(report, reader)
        }
    }
}

/// What is looked for in the ledger.
private struct LookUpSubject: Sendable {
    var meaning: String
    var name: String
    var filter: StockFilter?
    var serial: SerialCode?

    init(_ meaning: Meaning) {
        switch meaning {
        case .item(let item, _):
            (self.meaning, name, filter) = ("item", item.rawValue, StockFilter(item: item))
        case .place(let place):
            (self.meaning, name, filter) = ("place", place.rawValue, StockFilter(place: place))
        case .serial(let serial):
            (self.meaning, name, self.serial) = ("serial", serial.rawValue, serial)
        case .command(let command):
            (self.meaning, name) = ("command", CommandGrammar(prefix: "").text(for: command))
        }
    }
}
