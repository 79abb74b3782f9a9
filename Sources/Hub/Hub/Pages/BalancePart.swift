import HubStorage
import LedgerStore
import Replication
import SyncProtocol
import WebPages

/// How a balance came about, as a sum that people can follow.
struct BalancePart {
    private let explanation: BalanceExplanation

    init(_ explanation: BalanceExplanation) {
        self.explanation = explanation
    }

    var html: HTML {
        let key = explanation.key
        let lot: HTML = key.lot.rawValue.isEmpty ? .empty : ", lot \(key.lot.rawValue)"
        return """
            <section class="card stack"><h1><span class="code">\(key.item.rawValue)</span> at
            \(key.place.rawValue)\(lot)</h1><p class="big">\(explanation.value)</p>
            <p>\(sum)</p>\(recount)</section>
            <section class="card"><h2>What was posted</h2>\(postings)</section>
            <p><a class="button" href="/stock\(Address.query(["item": key.item.rawValue]))">This item
            elsewhere</a></p>
            """
    }

    private var sum: HTML {
        guard let count = explanation.count else {
            return "Nobody counted: it is the sum of all that was posted."
        }
        return """
            \(count.counted) were counted by \(Self.author(count.author)), which changed the books by
            \(Self.signed(count.correction)) (operation <span
            class="code">\(count.author.id.description)</span>). What the counter had not seen adds
            \(Self.signed(explanation.notSeen)).
            """
    }

    private var recount: HTML {
        guard let recount = explanation.recount else { return .empty }
        return """
            <p class="told" data-signal="error">Count again: something happened that the counter may
            not have seen. It is \(recount.value), or \(recount.ifCountedLast) if the count came
            last. <a href="/work">Settle it</a></p>
            """
    }

    private var postings: HTML {
        guard !explanation.postings.isEmpty else { return "<p class=\"empty\">Nothing.</p>" }
        let cut: HTML =
            explanation.isTruncated ? "<p class=\"quiet\">There are older ones.</p>" : .empty
        return """
            <div class="table"><table><thead><tr><th scope="col">When (station's clock)</th>
            <th scope="col">Who</th><th scope="col">What</th>
            <th scope="col" class="number">Quantity</th><th scope="col">Operation</th></tr></thead>
            <tbody>\(explanation.postings.map(row))</tbody></table></div>\(cut)
            """
    }

    private func row(_ posting: BalanceExplanation.PostingLine) -> HTML {
        let counted: HTML =
            posting.isCounted ? " <span class=\"quiet\">in the count</span>" : .empty
        return """
            <tr><td>\(posting.author.clock.text)</td><td>\(Self.author(posting.author))</td>
            <td>\(posting.kind.name)\(counted)</td>
            <td class="number">\(Self.signed(posting.quantity))</td>
            <td class="code">\(posting.author.id.description)</td></tr>
            """
    }

    private static func author(_ author: BalanceExplanation.Author) -> String {
        [author.operator, author.station.rawValue, author.device].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }

    private static func signed(_ number: Int64) -> String {
        number > 0 ? "+\(number)" : "\(number)"
    }
}
