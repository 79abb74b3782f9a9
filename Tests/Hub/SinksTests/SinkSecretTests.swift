import Foundation
import ScanTesting
import Testing

@testable import Sinks

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
