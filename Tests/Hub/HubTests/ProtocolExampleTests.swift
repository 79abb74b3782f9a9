import Crypto
import Foundation
import MessageSignatures
import Replication
import SyncProtocol
import Testing

/// The examples of docs/protocol.md are what the code does.
@Suite struct ProtocolExampleTests {
    private static let page = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/protocol.md")

    /// What stands on the page behind a word at the start of a line.
    private static func line(_ name: String) throws -> String {
        let text = try String(contentsOf: page, encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ": ") }
        return String(try #require(line).dropFirst(name.count + 2))
    }

    @Test func chainsAsWritten() throws {
        let key = StockKey(item: "04006381333931", place: "DOCK")
        let kinds: [(OperationKind, clock: Int64)] = [
            (.adjust(key, delta: 3), 1_800_000_000_000_000),
            (.move(key, to: "L-01", quantity: 2), 1_800_000_000_250_000),
        ]
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        var chain = OperationChain.start
        for (index, (kind, clock)) in kinds.enumerated() {
            let operation = Operation(
                id: OperationID(
                    incarnation: Incarnation(rawValue: 0xA1B2_C3D4_E5F6_0718),
                    sequence: UInt64(index) + 1),
                station: "st-1", clock: HybridTime(rawValue: clock), base: 0,
                device: "scanner-1", operator: "ann", kind: kind)
            chain = OperationChain.next(chain, operation: operation, kindBytes: kind.kindBytes)
            #expect(text.contains("\n" + hex(kind.kindBytes) + "\n"))
            #expect(text.contains("\n" + hex(chain) + "\n"))
        }
    }

    @Test func signsAsWritten() throws {
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(0..<32))
        let body = Array(#"{"kinds":["adjust"]}"#.utf8)
        let headers = [
            "content-type": "application/vnd.scanstation.v1+json",
            "content-digest": try Self.line("Content-Digest"),
            "signature-input": try Self.line("Signature-Input"),
            "signature": try Self.line("Signature"),
        ]
        let request = SignedRequest(method: "POST", path: "/v1/hello", body: body) { headers[$0] }
        try RequestVerifier().claim(of: request, now: 1_800_000_000).check(key.publicKey)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
