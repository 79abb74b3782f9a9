import CatalogueStore
import DriverKit
import Hummingbird
import LedgerStore
import LocalAPI
import Replication
import Scans
import StationStorage

/// The catalogue: searching it, and teaching it codes.
struct CatalogueRoutes: Sendable {
    static let limitDefault: Int64 = 20
    static let limitMaximum: Int64 = 50
    /// Places that are told of each item that a search found.
    static let placesLimit = 20

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("search") { request, _ in try await search(request) }
            .post("catalogue/teach") { request, _ in try await teach(request) }
    }

    private func search(_ request: Request) async throws -> Response {
        guard let text = request.parameter("q") else { throw ConsoleError.parameter("q", "") }
        let limit =
            try request.number("limit", in: 1...Self.limitMaximum) ?? Self.limitDefault
        let report = try await context.store.read { reader in
            let found = try reader.searchCatalogue(text, limit: Int(limit))
            return SearchReport(
                isGuess: found.first?.isGuess ?? false,
                items: try found.map { match in
                    var entry = CatalogueEntry(match.item)
                    entry.stock = try reader.stock(of: match.item.key)
                    return entry
                })
        }
        return .json(report)
    }

    private func teach(_ request: Request) async throws -> Response {
        let asked = try await request.json(TeachRequest.self)
        let quantity = asked.quantity ?? 1
        guard (1...ItemPack.quantityLimit).contains(quantity) else {
            throw ConsoleError.parameter("quantity", "\(quantity)")
        }
        let code = try itemCode(asked.code)
        let (now, life) = (context.clock(), context.life)
        let author = Author(operator: context.author(asked.operator))
        let report = try await context.store.write { transaction in
            try Self.teach(code, asked.item, quantity, life, author, now, &transaction)
        }
        context.stored()
        return .json(report)
    }

    private static func teach(
        _ code: String, _ asked: String, _ quantity: Int64, _ life: Life, _ author: Author,
        _ now: Int64, _ transaction: inout StationTransaction
    ) throws -> TeachReport {
        guard let item = try transaction.meaning(of: asked)?.item else {
            throw ConsoleError.unknownItem(asked)
        }
        if let known = try transaction.cataloguedMeaning(of: code) {
            throw ConsoleError.knownCode(code, known.item.key)
        }
        let taught = TaughtCode(item: item.key, quantity: quantity)
        let ids = try transaction.append(
            [taught.operation(on: code)], life: life, by: author, wallMicroseconds: now)
        let sentence = "\(code) means \(quantity) × \(item.name)."
        try transaction.record(
            IntakeRecord(teaching: code, sentence, by: author, ids, at: now))
        return TeachReport(
            code: code, item: item.key, name: item.name, quantity: quantity,
            operation: ids.first?.description ?? "")
    }

    /// As a scan would have it.
    private func itemCode(_ text: String) throws -> String {
        let capture = Capture(device: "api", payload: .keystrokes(text), time: .now())
        switch Interpreter(rules: context.rules).interpret(capture) {
        case .rejected(let rejection):
            throw ConsoleError.rejected(code: rejection.code, rejection.message)
        case .scan(let scan):
            guard case .item(let item, _) = scan.meaning else {
                throw ConsoleError.notTeachable(PrintableText(text).description)
            }
            return item.rawValue
        }
    }
}

extension IntakeRecord {
    /// What a person taught is told among the other things that came in.
    fileprivate init(
        teaching code: String, _ sentence: String, by author: Author, _ ids: [OperationID],
        at wall: Int64
    ) {
        self.init(
            wallMicroseconds: wall, monotonicMicroseconds: 0, device: "", payload: [],
            text: PrintableText(code).description, aim: "", symbology: "", meaning: "lesson",
            decision: "taken", signal: "done", code: "",
            message: PrintableText(sentence, limit: 400).description, batch: "", operations: ids,
            operator: author.operator)
    }
}
