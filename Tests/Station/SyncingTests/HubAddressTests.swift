import Syncing
import Testing

@Suite struct HubAddressTests {
    @Test(arguments: [
        ("http://hub.local:8480", true), ("HTTP://192.168.1.4", true), ("http://[fe80::1]/", true),
        ("https://hub.example", false), ("http://127.0.0.1:8480", false),
        ("http://localhost/hub", false), ("http://[::1]:8480", false), ("", false), ("hub", false),
    ])
    func warnsOfPlainWaysOutOfThisMachine(url: String, isWarned: Bool) {
        #expect((HubAddress.warning(url) != nil) == isWarned)
    }
}
