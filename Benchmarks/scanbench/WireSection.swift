import Gzip
import Replication
import SyncProtocol

/// How many bytes an operation is on its way to the hub.
struct WireSection {
    let bench: Bench

    func run() throws -> Report {
        var report = Report(
            title: "wire: bytes an operation",
            about: """
                The body of a push with the operations of intake-hub, as the station sends it \
                (protobuf, gzip level 6), and its JSON form. Mean of many requests.
                """,
            columns: [
                "operations a request", "protobuf", "protobuf + gzip", "JSON", "JSON + gzip",
            ])
        for count in [1, 10, 100, 500, 2000] {
            let sizes = try measure(count)
            report.rows.append(["\(count)"] + sizes.map { Figure.of($0) })
            if count == 500 {
                report.expect(
                    "500 a request: \(Figure.of(sizes[1])) bytes, goal 22", sizes[1] <= 22)
            }
        }
        return report
    }

    /// Bytes an operation: plain and gzip, protobuf and JSON.
    private func measure(_ count: Int) throws -> [Double] {
        let requests = bench.operations(20_000, quick: 2000) / count + 1
        var shift = Shift(station: "st-1", number: 1, warehouse: Warehouse())
        var sums = [0, 0, 0, 0]
        for request in 0..<requests {
            var message = WireOpsRequest()
            message.runs = [try shift.run(count, base: FeedPosition(request * count)).wire]
            for (index, form) in [MessageForm.protobuf, .json].enumerated() {
                let bytes = try form.encode(message)
                sums[index * 2] += bytes.count
                sums[index * 2 + 1] += try Gzip.compress(bytes).count
            }
        }
        return sums.map { Double($0) / Double(requests * count) }
    }
}
