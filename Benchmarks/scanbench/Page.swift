import Foundation

/// All figures of one run.
struct Page {
    private static let start = "<!-- scanbench -->"
    private static let end = "<!-- /scanbench -->"

    let machine: String
    var reports: [Report] = []

    var missed: [Goal] { reports.flatMap(\.goals).filter { !$0.isMet } }

    var markdown: String {
        (["Measured on: \(machine).\n"] + reports.map(\.markdown)).joined(separator: "\n")
    }

    /// Puts the figures between the marks of the page at `path`.
    func write(into path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard let start = text.range(of: Page.start), let end = text.range(of: Page.end),
            start.upperBound <= end.lowerBound
        else { throw PageError.marksMissing(path) }
        let page =
            text[..<start.upperBound] + "\n\n" + markdown + "\n" + text[end.lowerBound...]
        try page.write(toFile: path, atomically: true, encoding: .utf8)
    }
}

enum PageError: Error, CustomStringConvertible {
    case marksMissing(String)

    var description: String {
        switch self {
        case .marksMissing(let path): "\(path) has no line <!-- scanbench --> with its end"
        }
    }
}
