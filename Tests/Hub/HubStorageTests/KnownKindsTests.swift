import Foundation
import GRDB
import LedgerStore
import Replication
import SyncProtocol
import Testing

@testable import HubStorage

/// What a newer station sent to an older hub comes into force when the hub is updated.
@Suite struct KnownKindsTests {
    private static let key = StockKey(item: "NEW", place: "P")

    @Test func whatWasOpaqueComesIntoForceAfterAnUpgrade() async throws {
        let scene = try IntakeScene()
        var life = ScriptedLife(7)
        for _ in 0..<3 { life.make(.unknown) }
        #expect(try await scene.take([life.run(1...3)]).verdicts.isEmpty)
        // The second and third as a program reads them that knows their kind: adjust by 7, and by
        // far too much.
        try scene.edit { db in
            for (id, delta) in [(2, Int64(7)), (3, .max)] {
                try db.execute(
                    sql: "UPDATE operation SET kind = ? WHERE id = ?",
                    arguments: [Data(OperationKind.adjust(Self.key, delta: delta).kindBytes), id])
            }
            try db.execute(sql: "DELETE FROM hub_kind WHERE name = 'adjust'")
        }

        for _ in 0..<2 {
            let stock = try await scene.tenant().stock(StockFilter(), limit: 10)
            #expect(stock.first { $0.key == Self.key }?.value == 7)
            let refusals = try await scene.tenant().operations(after: 0, limit: 10)
                .map { $0.refusal?.code }
            #expect(refusals == [nil, nil, "quantity-out-of-range"])
            // Once is enough.
            try scene.edit { _ in }
        }
        let repeated = try await scene.take([life.run(1...1)])
        #expect(repeated.position == 3)
    }
}
