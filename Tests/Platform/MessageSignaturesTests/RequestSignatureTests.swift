import Crypto
import Foundation
import Testing

@testable import MessageSignatures

@Suite struct RequestSignatureTests {
    static let now: Int64 = 1_700_000_000
    let key = Curve25519.Signing.PrivateKey()

    @Test(arguments: [
        ("POST", "/v1/ops", "body"), ("GET", "/v1/feed?pos=0&wait=25&max=2000", ""),
        ("GET", "/v1/feed?", ""), ("GET", "/", ""),
    ])
    func takesWhatWasSigned(method: String, path: String, body: String) throws {
        let signed = try Exchange(method, path, Array(body.utf8), key)

        let claim = try RequestVerifier().claim(of: signed.request, now: Self.now)
        try claim.check(key.publicKey)

        #expect(claim.keyID == "st-1")
        #expect(claim.nonce == "nonce-0001")
    }

    @Test(arguments: Tampering.allCases)
    func noticesTampering(_ tampering: Tampering) throws {
        var signed = try Exchange("POST", "/v1/ops?a=1", Array("body".utf8), key)
        tampering.apply(to: &signed)

        #expect(throws: tampering.error) {
            try RequestVerifier().claim(of: signed.request, now: Self.now).check(key.publicKey)
        }
    }

    @Test(arguments: [(-301, false), (-300, true), (300, true), (301, false)])
    func takesFiveMinutesEitherWay(seconds: Int64, isTaken: Bool) throws {
        let signed = try Exchange("GET", "/v1/feed", [], key)

        let claim = try? RequestVerifier().claim(of: signed.request, now: Self.now + seconds)

        #expect((claim != nil) == isTaken)
    }

    @Test func knowsAnotherKey() throws {
        let signed = try Exchange("GET", "/v1/feed", [], key)
        let claim = try RequestVerifier().claim(of: signed.request, now: Self.now)

        #expect(throws: SignatureError.wrong) {
            try claim.check(Curve25519.Signing.PrivateKey().publicKey)
        }
    }

    /// However one byte of the headers is changed, the request is refused, and nothing crashes.
    @Test(arguments: ["content-digest", "signature-input", "signature"])
    func noticesEveryChangedByte(name: String) throws {
        let signed = try Exchange("POST", "/v1/ops", Array("body".utf8), key)
        let header = Array(signed.headers[name, default: ""].utf8)
        for index in header.indices {
            for byte: UInt8 in [0x20, 0x22, 0x2C, 0x3A, 0x3B, 0x3D, 0x41, 0x5C] {
                var changed = header
                guard changed[index] != byte else { continue }
                changed[index] = byte
                var other = signed
                other.headers[name] = String(decoding: changed, as: UTF8.self)
                #expect(throws: SignatureError.self, "\(name) \(index) \(byte)") {
                    try RequestVerifier().claim(of: other.request, now: Self.now)
                        .check(key.publicKey)
                }
            }
        }
    }

    @Test func needsContentTypeCoveredOnlyWithContent() throws {
        var signed = try Exchange("GET", "/v1/feed", [], key)
        signed.body = Array("smuggled".utf8)
        signed.headers["content-digest"] = ContentDigest.header(for: signed.body)

        #expect(throws: SignatureError.notCovered(component: "content-type")) {
            try RequestVerifier().claim(of: signed.request, now: Self.now)
        }
    }
}

/// What somebody on the way could do.
enum Tampering: CaseIterable {
    case method, path, query, contentType, body, bodyAndDigest, noSignature, noInput, noDigest
    case otherAlgorithm, lessCovered, laterCreated, otherNonce

    var error: SignatureError {
        switch self {
        case .method, .path, .query, .contentType, .bodyAndDigest, .laterCreated, .otherNonce:
            .wrong
        case .body: .digestMismatch
        case .noSignature: .missing(header: "Signature")
        case .noInput: .missing(header: "Signature-Input")
        case .noDigest: .missing(header: "Content-Digest")
        case .otherAlgorithm: .algorithm("rsa-pss-sha512")
        case .lessCovered: .notCovered(component: "@query")
        }
    }

    func apply(to exchange: inout Exchange) {
        switch self {
        case .method: exchange.method = "PUT"
        case .path: exchange.path = "/v1/oops?a=1"
        case .query: exchange.path = "/v1/ops?a=2"
        case .contentType: exchange.headers["content-type"] = "application/json"
        case .body: exchange.body.append(0)
        case .bodyAndDigest:
            exchange.body.append(0)
            exchange.headers["content-digest"] = ContentDigest.header(for: exchange.body)
        case .noSignature: exchange.headers["signature"] = nil
        case .noInput: exchange.headers["signature-input"] = nil
        case .noDigest: exchange.headers["content-digest"] = nil
        case .otherAlgorithm: exchange.replaceInInput("ed25519", "rsa-pss-sha512")
        case .lessCovered: exchange.replaceInInput("\"@query\" ", "")
        case .laterCreated: exchange.replaceInInput("created=1700000000", "created=1700000001")
        case .otherNonce: exchange.replaceInInput("nonce-0001", "nonce-0002")
        }
    }
}

/// A signed request whose parts can be changed.
struct Exchange {
    var method: String
    var path: String
    var body: [UInt8]
    var headers: [String: String] = [:]

    init(
        _ method: String, _ path: String, _ body: [UInt8], _ key: Curve25519.Signing.PrivateKey
    ) throws {
        (self.method, self.path, self.body) = (method, path, body)
        let type = body.isEmpty ? nil : "text/plain"
        headers["content-type"] = type
        let signed = try RequestSigner(keyID: "st-1", privateKey: key).headers(
            method: method, path: path, body: body, contentType: type,
            created: RequestSignatureTests.now, nonce: "nonce-0001")
        for (name, value) in signed { headers[name.lowercased()] = value }
    }

    mutating func replaceInInput(_ old: String, _ new: String) {
        headers["signature-input"] = headers["signature-input"]?
            .replacingOccurrences(of: old, with: new)
    }

    var request: SignedRequest {
        SignedRequest(method: method, path: path, body: body) { [headers] in headers[$0] }
    }
}
