import Testing

@testable import CurlHTTP

@Suite struct KeyPinTests {
    @Test func isAHashInBase64() {
        #expect(KeyPin("sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=") != nil)
    }

    @Test(arguments: [
        "", "sha256//", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA=",
        "sha256//47DEQpj8HBSa+;TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "/etc/passwd",
    ])
    func whatIsNoneIsNone(text: String) {
        #expect(KeyPin(text) == nil)
    }
}
