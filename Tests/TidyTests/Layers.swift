/// Which module stands above which, and which library only some may use.
enum Layers {
    /// An import must point to a lower rank.
    static let ranks: [String: Int] = [
        "CLinux": 0, "CConfinement": 0, "CCurl": 0, "CUdev": 0, "CZlib": 0,
        "CALSA": 0, "CGPIOD": 0, "CMosquitto": 0, "CNFC": 0, "CPCSC": 0, "CPNG": 0, "CPixels": 0,
        "CPocketSphinx": 0,
        "CSampleRate": 0, "CSndFile": 0, "CTurboJPEG": 0, "CXKB": 0, "CZBar": 0, "CZint": 0,
        "CZXing": 0,
        "Barcodes": 1, "NDEF": 1, "Replication": 1, "GS1": 2, "Scans": 3,
        "ScanRules": 4, "Dialogues": 4, "Batches": 4,
        "LinuxIO": 1, "Gzip": 1, "Measuring": 1,
        "MessageSignatures": 1, "TagSecurity": 1, "WebPages": 1,
        "CurlHTTP": 2, "Confining": 2, "MQTT": 2,
        "BarcodePrinting": 1, "Keymaps": 2, "Pictures": 2, "Sound": 2, "SoundFiles": 2,
        "Sheets": 2,
        "Video": 3,
        "SyncProtocol": 4, "Reporting": 4, "EPCIS": 5, "LocalAPI": 5, "OperatorGrants": 5,
        "CatalogueStore": 5, "DriverKit": 5, "LedgerStore": 5, "BundleFormat": 5,
        "BarcodeReading": 5, "Speech": 5, "Feedback": 5, "Accounts": 5,
        "EmulatedNFC": 6, "HIDPOS": 6, "SeparateDrivers": 6, "Camera": 7, "NFC": 7, "Voice": 7,
        "Serial": 6, "Wedge": 6, "StationStorage": 6, "HubStorage": 6,
        "Replay": 7, "AllDrivers": 8,
        "Settings": 8, "Operators": 9, "Checkup": 9, "Bundles": 9, "Devices": 9, "Pipeline": 9,
        "Syncing": 9,
        "Console": 10, "Hub": 10,
        "Station": 11, "CommandKit": 11, "Sinks": 11,
        "scanstationd": 12, "scanstation-driver": 12, "scanstation-driver-camera": 12,
        "scanstation-driver-nfc": 12, "scanstation-driver-voice": 12, "scanstationctl": 12,
        "scanhub": 12,
    ]

    /// Imported by tests alone.
    static let testingModules: Set = [
        "CCrashVFS", "CForbiddenActs", "CFuzzer", "Fuzzing", "ReplicationTesting", "ScanTesting",
        "Simulating", "scanfuzz", "scanprobe", "scansim",
    ]

    /// Libraries from outside, and the modules that may name them.
    static let guests: [String: Set<String>] = [
        "ArgumentParser": [
            "CommandKit", "scanstationd", "scanstation-driver", "scanstation-driver-camera",
            "scanstation-driver-nfc", "scanstation-driver-voice", "scanstationctl", "scanhub",
            "scanfuzz", "scansim",
        ],
        "GRDB": ["CatalogueStore", "LedgerStore", "StationStorage", "HubStorage", "Simulating"],
        "Hummingbird": ["Console", "Hub"],
        "CoreMetrics": ["Measuring", "Console", "Hub"],
        "TOMLKit": ["Settings"],
    ]

    /// What is wrong with the imports of one file; empty when nothing is.
    static func violations(in file: SourceTree.File) -> [String] {
        guard let module = file.module, let layer = file.layer else { return [] }
        return imports(of: file.text).compactMap { name in
            violation(module: module, layer: layer, imports: name).map { "\(file.path): \($0)" }
        }
    }

    static func imports(of text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").drop {
                ["public", "package", "internal", "private", "@testable", "@preconcurrency"]
                    .contains($0)
            }
            guard words.first == "import", let last = words.last else { return nil }
            return last.split(separator: ".").first.map(String.init)
        }
    }

    private static func violation(module: String, layer: String, imports name: String) -> String? {
        if testingModules.contains(name), !testingModules.contains(module) {
            return "'\(name)' is for tests"
        }
        if let hosts = guests[name], !hosts.contains(module) {
            return "'\(name)' belongs in \(hosts.sorted().joined(separator: ", ")) only"
        }
        guard let rank = ranks[name] else {
            return layer == "Domain" ? "Domain imports nothing outside Domain, but '\(name)'" : nil
        }
        if testingModules.contains(module) { return nil }
        guard let own = ranks[module] else { return "module '\(module)' has no rank" }
        return rank < own ? nil : "'\(name)' (\(rank)) is not below '\(module)' (\(own))"
    }
}
