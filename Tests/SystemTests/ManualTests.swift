import Foundation
import Testing

/// What is installed beside the programs and made from them: manual pages and completions.
@Suite struct ManualTests {
    static let programs = [
        "scanstationctl", "scanstationd", "scanhub", "scanstation-driver",
        "scanstation-driver-camera", "scanstation-driver-nfc", "scanstation-driver-voice",
    ]
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)

    @Test(.enabled(if: isThere("/usr/bin/python3"), "python3 is missing"))
    func thePagesAreCurrent() throws {
        let folder = Programs.folder.path(percentEncoded: false)
        let result = try Programs.run(
            "/usr/bin/python3", [Self.root + "/scripts/generate-man", "--check", folder])
        #expect(result.status == 0, "\(result.output)\(result.errors)")
    }

    @Test(.enabled(if: isThere("/usr/bin/mandoc"), "mandoc is missing"))
    func thePagesAreWellFormed() throws {
        let pages = try FileManager.default.contentsOfDirectory(atPath: Self.root + "/man").sorted()
        #expect(
            Set(pages.map { $0.split(separator: ".").first ?? "" })
                == Set(Self.programs.map { $0[...] }))
        let result = try Programs.run(
            "/usr/bin/mandoc", ["-Tlint", "-Wwarning"] + pages.map { "\(Self.root)/man/\($0)" })
        #expect(result.output == "")
    }

    @Test func completionsAreInstalledAndWork() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            .path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // A temporary folder.
        let installed = try Programs.run(
            Self.root + "/scripts/install-completions",
            [Programs.folder.path(percentEncoded: false), folder] + Self.programs)
        #expect(installed.status == 0, "\(installed.errors)")
        for program in Self.programs {
            let shells = [
                ("/bin/bash", "bash-completion/completions/\(program)"),
                ("/usr/bin/zsh", "zsh/vendor-completions/_\(program)"),
                ("/usr/bin/fish", "fish/vendor_completions.d/\(program).fish"),
            ]
            for (shell, path) in shells {
                let script = "\(folder)/usr/share/\(path)"
                #expect(isThere(script), "\(script)")
                guard isThere(shell) else { continue }
                let checked = try Programs.run(shell, ["-n", script])
                #expect(checked.status == 0, "\(script): \(checked.errors)")
            }
        }
        let words = try Programs.run(
            "/bin/bash",
            [
                "-c",
                """
                source "\(folder)/usr/share/bash-completion/completions/scanstationctl"
                COMP_WORDS=(scanstationctl dev) COMP_CWORD=1 COMP_TYPE=9
                COMP_LINE="scanstationctl dev" COMP_POINT=18
                _scanstationctl scanstationctl dev scanstationctl
                echo "${COMPREPLY[@]}"
                """,
            ])
        #expect(words.output == "devices\n", "\(words.errors)")
    }
}

private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
