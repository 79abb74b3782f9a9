import Testing

@testable import SyncProtocol

@Suite struct EnrolmentLinkTests {
    private static let pin = "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    @Test func holdsAllThatAStationNeeds() {
        let link = EnrolmentLink(
            hubURL: "https://hub.local:8480", code: "7K3QF-X9M2A", pin: Self.pin)
        #expect(
            link.description
                == "scanstation:enrol?hub=https://hub.local:8480&code=7K3QF-X9M2A&pin=\(Self.pin)")
        #expect(EnrolmentLink(link.description) == link)
    }

    @Test(arguments: ["https://hub/a&b=c#d%e?f", "https://höb", "http://h"])
    func anyAddressSurvives(url: String) {
        let link = EnrolmentLink(hubURL: url, code: "1", pin: nil)
        #expect(EnrolmentLink(link.description) == link)
    }

    @Test(arguments: [
        "", "https://hub", "scanstation:enrol?hub=https://h", "scanstation:enrol?code=1",
        "scanstation:enrol?hub=ftp://h&code=1", "scanstation:enrol?hub=https://h&code=%4",
        "scanstation:enrol?hub=https://h&code=%zz", "scanstation:enrol?hub&code=1",
        "scanstation:enrol?hub=https://h&code=%FF",
    ])
    func whatIsNoLinkIsNone(text: String) {
        #expect(EnrolmentLink(text) == nil)
    }

    @Test func isNoLongerThanItsLimit() {
        let start = "scanstation:enrol?hub=https://h&code="
        let room = EnrolmentLink.lengthLimitBytes - start.utf8.count
        #expect(EnrolmentLink(start + String(repeating: "1", count: room)) != nil)
        #expect(EnrolmentLink(start + String(repeating: "1", count: room + 1)) == nil)
    }
}
