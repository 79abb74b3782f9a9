import Hummingbird
import Replication

/// The parameters of a request's address.
struct Query {
    private let request: Request

    init(_ request: Request) {
        self.request = request
    }

    func text(_ name: String) -> String? {
        request.uri.queryParameters[Substring(name)].map(String.init)
    }

    func required(_ name: String) throws(RequestError) -> String {
        guard let text = text(name) else { throw .parameter(name, "") }
        return text
    }

    /// Throws when it is there and no number of the range.
    func number(_ name: String, in range: ClosedRange<Int>) throws(RequestError) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .parameter(name, text)
        }
        return number
    }

    func position(_ name: String) throws(RequestError) -> FeedPosition {
        FeedPosition(try number(name, in: 0...Int.max) ?? 0)
    }
}
