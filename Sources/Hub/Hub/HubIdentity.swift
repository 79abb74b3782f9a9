import Crypto
import Foundation
import HummingbirdTLS
import LinuxIO
import SwiftASN1
import X509

/// The key by which stations know this hub, and a certificate that it signed for itself.
///
/// Stations keep the pin of the key, from the link that enrols them, and look at nothing else of
/// the certificate: no authority is needed, and nothing runs out.
public struct HubIdentity: Sendable {
    /// `sha256//...`, as libcurl takes it: of the key's SubjectPublicKeyInfo.
    public let pin: String
    let tls: TLSConfiguration

    private static let folder = "/tls"
    private static let keyFile = folder + "/key.pem"
    private static let certificateFile = folder + "/certificate.pem"

    /// Reads what `directory`, the hub's data, holds, or makes it.
    public init(in directory: String) throws {
        let key: P256.Signing.PrivateKey
        if let known = try HubIdentity.key(in: directory) {
            key = known
        } else {
            key = P256.Signing.PrivateKey()
            try FileManager.default.createDirectory(
                atPath: directory + Self.folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try DurableFile.write(
                Array(key.pemRepresentation.utf8), to: directory + Self.keyFile)
        }
        pin = HubIdentity.pin(of: key)
        tls = try HubIdentity.configuration(key, try HubIdentity.certificate(key, in: directory))
    }

    /// The pin of the hub in `directory`; nil: it has never served TLS.
    public static func pin(in directory: String) throws -> String? {
        try key(in: directory).map(pin(of:))
    }

    private static func key(in directory: String) throws -> P256.Signing.PrivateKey? {
        let path = directory + keyFile
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        do {
            return try P256.Signing.PrivateKey(pemRepresentation: text)
        } catch {
            throw IdentityError.damaged(path)
        }
    }

    private static func pin(of key: P256.Signing.PrivateKey) -> String {
        let digest = SHA256.hash(data: key.publicKey.derRepresentation)
        return "sha256//" + Data(digest).base64EncodedString()
    }

    /// Kept, so that a browser that was told to trust it has to be told once.
    private static func certificate(
        _ key: P256.Signing.PrivateKey, in directory: String
    ) throws -> String {
        let path = directory + certificateFile
        // Whatever is wrong with it, a new one of the same key does as well.
        if let text = try? String(contentsOfFile: path, encoding: .utf8),
            let known = try? Certificate(pemEncoded: text),
            known.publicKey == Certificate.PublicKey(key.publicKey)
        {
            return text
        }
        let text = try newCertificate(key).serializeAsPEM().pemString
        try DurableFile.write(Array(text.utf8), to: path)
        return text
    }

    private static func newCertificate(_ key: P256.Signing.PrivateKey) throws -> Certificate {
        let name = try DistinguishedName { CommonName("scanhub") }
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(key.publicKey),
            // A station may have a clock of 1970.
            notValidBefore: Date(timeIntervalSince1970: 0),
            notValidAfter: endOfTime, issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                SubjectAlternativeNames([.dnsName("scanhub"), .dnsName("localhost")])
            },
            issuerPrivateKey: Certificate.PrivateKey(key))
    }

    /// 9999-12-31 23:59:59, which says that there is no end: RFC 5280, section 4.1.2.5.
    private static let endOfTime = Date(timeIntervalSince1970: 253_402_300_799)

    private static func configuration(
        _ key: P256.Signing.PrivateKey, _ certificate: String
    ) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
                .map { .certificate($0) },
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        tls.applicationProtocols = ["http/1.1"]
        return tls
    }
}

/// Why the hub has no identity. `code` is stable: docs/errors.md.
public enum IdentityError: Error, Equatable, CustomStringConvertible {
    case damaged(String)

    public var code: String { "hub-key-damaged" }

    public var description: String {
        switch self {
        case .damaged(let path):
            "\(path) is no key: restore it, or delete it and enrol every station again [\(code)]"
        }
    }
}
