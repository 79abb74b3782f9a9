import Foundation
import ScanTesting
import Testing

@testable import Sinks

@Suite struct SinkAddressTests {
    static let good: [(text: String, host: String, port: Int?)] = [
        ("https://erp.example.com/scans?key=1", "erp.example.com", nil),
        ("https://10.0.0.7:8443", "10.0.0.7", 8443),
        ("https://[2001:db8::1]:8443/x", "2001:db8::1", 8443),
        ("http://localhost:8000/", "localhost", 8000),
        ("http://127.8.0.1/", "127.8.0.1", nil), ("http://[::1]/", "::1", nil),
    ]

    @Test(arguments: good)
    func isTaken(text: String, host: String, port: Int?) throws {
        let address = try SinkAddress(text, schemes: [.http, .https], allowsPlain: false)
        #expect(address.host == host && address.port == port)
    }

    static let bad = [
        "", "erp", "ftp://erp.example.com", "file:///etc/passwd", "gopher://x/", "HTTPS://x/",
        "https://", "https:///x", "https://user:secret@erp.example.com/", "https://user@x/",
        "https://x@127.0.0.1/", "http://erp.example.com/", "http://127.0.0.1.example.com/",
        "http://127.evil.example/", "http://0x7f000001/", "http://2130706433/", "http://[::2]/",
        "http://localhost.example.com/", "https://x:0/", "https://x:65536/", "https://x:/",
        "https://x:1:2/", "https://ex ample/", "https://x\r\nHost: y/", "https://x\\@y/",
        "https://x/#a", "https://[::1/", "https://[127.0.0.1]/", "https://ex%61mple/",
        "https://x?a", "mqtt://localhost", "https://é/", "https://x/\u{0}",
        "https://x/" + String(repeating: "a", count: 2040),
    ]

    @Test(arguments: bad)
    func isRefused(text: String) {
        #expect(throws: SinkSetupError.self) {
            try SinkAddress(text, schemes: [.http, .https], allowsPlain: false)
        }
    }

    @Test func aPasswordIsNotRepeated() {
        let error = #expect(throws: SinkSetupError.self) {
            try SinkAddress("https://u:hunter2@x/", schemes: [.https], allowsPlain: false)
        }
        #expect(error.map { !"\($0)".contains("hunter2") } == true)
    }

    @Test func plainIsAllowedWhereItIsAskedFor() throws {
        _ = try SinkAddress("http://erp.example.com/", schemes: [.http], allowsPlain: true)
    }

    @Test(arguments: [
        ("mqtt://127.0.0.1", "scanstation", true), ("mqtts://broker:8884/", "a/b c", true),
        ("mqtt://broker", "a", false), ("mqtt://127.0.0.1/x", "a", false),
        ("mqtt://127.0.0.1", "a/#", false), ("mqtt://127.0.0.1", "+/a", false),
        ("mqtt://127.0.0.1", "$SYS", false), ("mqtt://127.0.0.1", "", false),
        ("mqtt://127.0.0.1", "/a", false), ("mqtt://127.0.0.1", "a/", false),
        ("mqtt://127.0.0.1", "a\u{0}", false), ("http://127.0.0.1", "a", false),
        ("mqtt://127.0.0.1", String(repeating: "t", count: 200), true),
        ("mqtt://127.0.0.1", String(repeating: "t", count: 201), false),
    ])
    func aBrokerIsTakenOrRefused(url: String, topic: String, isGood: Bool) {
        let target = SinkTarget.mqtt(MQTTSettings(url: url, topic: topic))
        #expect(((try? target.check()) != nil) == isGood)
    }
}

@Suite struct SinkSecretTests {
    static let key = "whsec_" + Data(repeating: 7, count: 24).base64EncodedString()

    static let files: [(text: String, mode: mode_t, keys: Int?)] = [
        (key, 0o600, 1), (key + "\n", 0o400, 1), (key + "\r\n" + key + "\n", 0o600, 2),
        (key, 0o640, nil), (key, 0o604, nil), (key, 0o610, nil), ("", 0o600, nil),
        ("\n", 0o600, nil), ("secret", 0o600, nil), ("whsec_!!", 0o600, nil),
        ("whsec_" + Data(repeating: 7, count: 23).base64EncodedString(), 0o600, nil),
        ("whsec_" + Data(repeating: 7, count: 64).base64EncodedString(), 0o600, 1),
        ("whsec_" + Data(repeating: 7, count: 65).base64EncodedString(), 0o600, nil),
        (key + String(repeating: "\n", count: 4096), 0o600, nil),
    ]

    @Test(arguments: files)
    func isReadOrRefused(text: String, mode: mode_t, keys: Int?) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "secret")
        chmod(path, mode)
        #expect((try? SinkSecret(path: path).keys())?.count == keys)
    }

    @Test func whatIsNoFileIsRefused() throws {
        let folder = try TemporaryFolder()
        for path in [folder.path("missing"), folder.path, try folder.makeFIFO("pipe")] {
            #expect(throws: SinkSetupError.self) { try SinkSecret(path: path).word() }
        }
    }

    @Test func aMadeKeyIsForThisUserAlone() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("key")
        let text = try SinkSecret.makeKey(at: path)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(try SinkSecret(path: path).keys()[0].count == 32)
        #expect(try SinkSecret.makeKey(at: path) != text)
    }
}

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

@Suite struct BatchSizeTests {
    /// However many and whichever are bad: each is found alone, and the good ones are all taken.
    @Test(arguments: UInt64(0)..<200)
    func findsWhatIsRefused(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = UInt64(random.next() % 300) + 1
        let bad = Set((0..<random.next() % 8).map { _ in random.next() % count + 1 })
        var size = BatchSize(full: Int(random.next() % 100) + 1)
        var position: UInt64 = 0
        var parked: [UInt64] = []
        var requests = 0
        while position < count {
            let batch = Array((position + 1)...min(count, position + UInt64(size.current)))
            requests += 1
            let isRefused = !bad.isDisjoint(with: batch)
            if isRefused, batch.count > 1 {
                size.halve(batch.count, upTo: batch[batch.count - 1])
                continue
            }
            if isRefused { parked.append(batch[0]) }
            position = batch[batch.count - 1]
            size.passed(position)
        }
        #expect(parked == bad.sorted())
        #expect(requests <= Int(count) / size.full + 1 + 32 * bad.count)
    }
}
