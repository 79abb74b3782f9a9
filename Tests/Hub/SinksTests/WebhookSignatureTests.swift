import Foundation
import Testing

@testable import Sinks

@Suite struct WebhookSignatureTests {
    /// The example of the Standard Webhooks' own libraries.
    @Test func isThatOfTheStandard() throws {
        let key = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let headers = WebhookSignature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330
        ).headers(for: Array(#"{"test": 2432232314}"#.utf8), keys: [Array(key), [1]])
        #expect(headers[1].1 == "1614265330")
        #expect(headers[2].1.hasPrefix("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,"))
    }
}
