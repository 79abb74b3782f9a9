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
