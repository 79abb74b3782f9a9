import Crypto
import Foundation
import Testing

@testable import MessageSignatures

/// The examples of RFC 9421 (appendix B) and RFC 9530 that use what we use.
@Suite struct RFCVectorTests {
    let body = Array(#"{"hello": "world"}"#.utf8)

    /// RFC 9421, B.2.6.
    @Test func signsAsAppendixB26() throws {
        let key = try Curve25519.Signing.PublicKey(
            rawRepresentation: try #require(
                Data(base64Encoded: "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")))
        let headers = [
            "date": "Tue, 20 Apr 2021 02:07:55 GMT", "host": "example.com",
            "content-type": "application/json", "content-length": "18",
        ]
        let request = SignedRequest(
            method: "POST", path: "/foo?param=Value&Pet=dog", body: body, header: { headers[$0] })
        var inputs = try FieldScanner(
            #"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")"#
                + #";created=1618884473;keyid="test-key-ed25519""#,
            header: "Signature-Input")
        var signatures = try FieldScanner(
            "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6v"
                + "uQv5lIp5WPpBKRCw==:", header: "Signature")

        let base = try request.base(try #require(try inputs.signatureInputs().first).1)
        let signature = try #require(try signatures.byteSequences().first).1

        #expect(
            base == """
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@method": POST
                "@path": /foo
                "@authority": example.com
                "content-type": application/json
                "content-length": 18
                "@signature-params": ("date" "@method" "@path" "@authority" "content-type" \
                "content-length");created=1618884473;keyid="test-key-ed25519"
                """)
        #expect(key.isValidSignature(signature, for: Data(base.utf8)))
    }

    /// RFC 9530, B.1.
    @Test func digestsAsAppendixB1() throws {
        let header = ContentDigest.header(for: Array((#"{"hello": "world"}"# + "\n").utf8))

        #expect(header == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:")
    }

    /// RFC 9421, 2.2.7.
    @Test(arguments: [
        ("/path?param=value&foo=bar&baz=batman", "?param=value&foo=bar&baz=batman"),
        ("/path?queryString", "?queryString"), ("/path?", "?"), ("/path", "?"),
    ])
    func derivesTheQuery(path: String, query: String) throws {
        let request = SignedRequest(method: "GET", path: path, body: [], header: { _ in nil })

        let base = try request.base(SignatureInput(components: ["@query"], parameters: []))

        #expect(base.hasPrefix("\"@query\": \(query)\n"))
    }
}
