import ArgumentParser
import CommandKit
import NFC
import TagSecurity

/// What a badge printer or a personalisation tool must put into one badge.
struct BadgeKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "badge-key",
        abstract: "Tell the key that one NTAG 424 DNA must hold to be a badge.",
        discussion: """
            The key of application key 0, made of the master key and the tag's number, so that a \
            key taken out of one badge opens no other.
            """)

    @Option(help: "The file with the master key, 32 hexadecimal digits.") var keyFile: String
    @Argument(help: "The tag's number, 14 hexadecimal digits.") var uid: String

    func validate() throws {
        guard [UInt8](hexadecimal: uid)?.count == 7 else {
            throw ValidationError("A badge's number has 14 hexadecimal digits.")
        }
    }

    func run() throws {
        print(try BadgeKey.hexadecimal(uid: [UInt8](hexadecimal: uid) ?? [], masterFile: keyFile))
    }
}
