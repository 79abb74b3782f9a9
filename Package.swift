// swift-tools-version: 6.2
import PackageDescription

// The folders under Sources are layers; Tests/Tidy holds the ranks and fails on an import that
// points up. docs/ARCHITECTURE.md has a caption for every module named here.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// For the modules that a property test runs through hundreds of thousands of times.
let quickInTests = SwiftSetting.unsafeFlags(["-O"], .when(configuration: .debug))

/// A module of ours: `Sources/<layer>/<name>`.
func module(
    _ layer: String, _ name: String, _ dependencies: [Target.Dependency] = [],
    exclude: [String] = [], resources: [Resource]? = nil, settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)",
        exclude: exclude, resources: resources,
        swiftSettings: strict + settings)
}

/// A C library of Debian's, imported as a module.
func shim(_ name: String, _ pkgConfig: String, apt: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/Shims/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func command(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies + ["CommandKit", argumentParser],
        path: "Sources/Commands/\(name)", swiftSettings: strict)
}

func tests(
    _ path: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
    .testTarget(
        name: (path.split(separator: "/").last ?? "") + "Tests",
        dependencies: dependencies + ["ScanTesting"],
        path: "Tests/\(path)Tests", resources: resources, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(
    name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let serviceLifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let swiftASN1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

let package = Package(
    name: "scanstation",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Shims: C modules.
        .target(name: "CLinux", path: "Sources/Shims/CLinux"),
        .target(name: "CConfinement", path: "Sources/Shims/CConfinement"),
        shim("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
        shim("CALSA", "alsa", apt: "libasound2-dev"),
        shim("CGPIOD", "libgpiod", apt: "libgpiod-dev"),
        shim("CMosquitto", "libmosquitto", apt: "libmosquitto-dev"),
        shim("CNFC", "libnfc", apt: "libnfc-dev"),
        shim("CPCSC", "libpcsclite", apt: "libpcsclite-dev"),
        .target(
            name: "CPixels", path: "Sources/Shims/CPixels", cSettings: [.unsafeFlags(["-O3"])]),
        shim("CPNG", "libpng", apt: "libpng-dev"),
        shim("CPocketSphinx", "pocketsphinx", apt: "libpocketsphinx-dev"),
        shim("CSampleRate", "samplerate", apt: "libsamplerate0-dev"),
        shim("CSndFile", "sndfile", apt: "libsndfile1-dev"),
        shim("CTurboJPEG", "libturbojpeg", apt: "libturbojpeg0-dev"),
        shim("CXKB", "xkbcommon", apt: "libxkbcommon-dev"),
        shim("CZBar", "zbar", apt: "libzbar-dev"),
        .target(
            name: "CZXing", path: "Sources/Shims/CZXing",
            cxxSettings: [.unsafeFlags(["-std=c++17"])],
            linkerSettings: [.linkedLibrary("ZXing"), .linkedLibrary("stdc++")]),
        .systemLibrary(
            name: "CZint", path: "Sources/Shims/CZint", providers: [.apt(["libzint-dev"])]),
        shim("CUdev", "libudev", apt: "libudev-dev"),
        shim("CZlib", "zlib", apt: "zlib1g-dev"),

        // Domain: what a scan means and how stations agree. Imports nothing outside Domain.
        module("Domain", "Barcodes"),
        module("Domain", "GS1", ["Barcodes"]),
        module("Domain", "NDEF"),
        module("Domain", "Replication", settings: [quickInTests]),
        module("Domain", "ScanRules", ["Barcodes", "Scans"], settings: [quickInTests]),
        module("Domain", "Scans", ["Barcodes", "GS1", "Replication"]),
        module("Domain", "Dialogues", ["Replication", "Scans"], settings: [quickInTests]),
        module("Domain", "Batches", ["GS1", "Replication", "Scans"], settings: [quickInTests]),

        // Platform: the kernel and C libraries with Swift manners. Knows no scan.
        module("Platform", "LinuxIO", ["CLinux", "CUdev"]),
        module("Platform", "Confining", ["CConfinement", "LinuxIO"]),
        module("Platform", "BarcodePrinting", ["CZint"]),
        module("Platform", "CurlHTTP", ["CCurl", "LinuxIO"]),
        module("Platform", "Gzip", ["CZlib"]),
        module("Platform", "Sheets", ["Gzip"], settings: [quickInTests]),
        module("Platform", "Keymaps", ["CXKB", "LinuxIO"]),
        module("Platform", "MQTT", ["CMosquitto", "LinuxIO"]),
        module(
            "Platform", "Pictures", ["CPNG", "CPixels", "CTurboJPEG"], settings: [quickInTests]),
        module("Platform", "Sound", ["CALSA", "LinuxIO"]),
        module(
            "Platform", "Video", ["CLinux", "CPixels", "LinuxIO", "Pictures"],
            settings: [quickInTests]),
        module("Platform", "SoundFiles", ["CSampleRate", "CSndFile"]),
        module("Platform", "Measuring", [coreMetrics]),
        module("Platform", "WebPages", resources: [.embedInCode("Files")]),
        module("Platform", "MessageSignatures", [crypto]),
        module("Platform", "TagSecurity", [crypto, cryptoExtras]),

        // Wire: the only types that cross the network.
        module(
            "Wire", "SyncProtocol", ["Replication", protobuf, crypto],
            exclude: ["scanstation.proto"]),

        module("Wire", "Reporting", ["Replication"]),
        module("Wire", "EPCIS", ["Barcodes", "GS1", "Replication", "Reporting", crypto]),
        module("Wire", "BundleFormat", ["Gzip", "SyncProtocol", protobuf, crypto]),
        module("Wire", "OperatorGrants", ["SyncProtocol", protobuf, crypto, cryptoExtras]),

        // Drivers: one module a device family; none knows another.
        module("Drivers", "DriverKit", ["Confining", "LinuxIO", "Scans"]),
        module(
            "Drivers", "Serial", ["DriverKit", "LinuxIO", "Scans"],
            exclude: ["README.md"]),
        module(
            "Drivers", "Wedge", ["DriverKit", "Keymaps", "LinuxIO", "Scans"],
            exclude: ["README.md"]),
        module(
            "Drivers", "Replay", ["DriverKit", "LinuxIO", "Scans", "Serial", "Wedge"],
            exclude: ["README.md"]),

        module(
            "Drivers", "HIDPOS", ["DriverKit", "LinuxIO", "Scans"], exclude: ["README.md"]),
        module("Drivers", "SeparateDrivers", ["Confining", "DriverKit"]),
        module(
            "Drivers", "BarcodeReading",
            ["Barcodes", "CZBar", "CZXing", "Confining", "LinuxIO", "Pictures"],
            settings: [quickInTests]),
        module(
            "Drivers", "Camera",
            [
                "BarcodeReading", "Barcodes", "DriverKit", "LinuxIO", "Pictures", "Scans",
                "SeparateDrivers", "Video",
            ], exclude: ["README.md"]),
        module("Drivers", "EmulatedNFC", ["LinuxIO", "NDEF", "TagSecurity"]),
        module(
            "Drivers", "NFC",
            [
                "CNFC", "CPCSC", "DriverKit", "LinuxIO", "NDEF", "Scans",
                "SeparateDrivers", "TagSecurity",
            ],
            exclude: ["README.md"]),
        module(
            "Drivers", "Speech", ["CPocketSphinx", "LinuxIO", "SoundFiles"],
            resources: [.embedInCode("Languages/english.json")], settings: [quickInTests]),
        module(
            "Drivers", "Voice",
            ["DriverKit", "LinuxIO", "Scans", "SeparateDrivers", "Sound", "SoundFiles", "Speech"],
            exclude: ["README.md"]),
        module(
            "Drivers", "AllDrivers",
            ["DriverKit", "HIDPOS", "Replay", "SeparateDrivers", "Serial", "Wedge"]),

        // Store: the operation log and its projections, the same at station and hub.
        module("Store", "CatalogueStore", ["Barcodes", grdb], settings: [quickInTests]),
        module("Store", "LedgerStore", ["Replication", "Reporting", "SyncProtocol", grdb]),

        // Station: the daemon's parts.
        module("Station", "LocalAPI", ["Reporting"]),
        module("Station", "Checkup", ["LinuxIO", "LocalAPI"]),
        module("Station", "Feedback", ["CGPIOD", "LinuxIO", "Scans", "Sound", logging]),
        module(
            "Station", "Settings",
            [
                "Barcodes", "DriverKit", "Feedback", "LinuxIO", "Replication", "ScanRules", "Scans",
                toml,
            ]),
        module(
            "Station", "StationStorage",
            [
                "Batches", "CatalogueStore", "Dialogues", "LedgerStore", "LinuxIO",
                "OperatorGrants", "Replication", "Scans", "SyncProtocol", grdb,
            ]),
        module("Station", "Devices", ["DriverKit", "LinuxIO", "Scans", logging]),
        module(
            "Station", "Operators",
            ["LinuxIO", "OperatorGrants", "Scans", "StationStorage", logging]),
        module(
            "Station", "Pipeline",
            [
                "Barcodes", "Batches", "CatalogueStore", "Dialogues", "DriverKit", "GS1",
                "LedgerStore", "LinuxIO", "Replication", "ScanRules", "Scans", "StationStorage",
                logging,
            ]),
        module(
            "Station", "Syncing",
            [
                "CatalogueStore", "CurlHTTP", "Gzip", "LinuxIO", "MessageSignatures",
                "OperatorGrants",
                "Replication", "StationStorage", "SyncProtocol", logging, crypto,
            ]),
        module(
            "Station", "Bundles",
            [
                "BundleFormat", "Replication", "StationStorage", "SyncProtocol", protobuf, crypto,
            ]),
        module(
            "Station", "Console",
            [
                "Batches", "BundleFormat", "Bundles", "CatalogueStore", "Devices", "Dialogues",
                "DriverKit",
                "LedgerStore",
                "LocalAPI",
                "Measuring", "OperatorGrants", "Operators", "Pipeline", "Replication",
                "Reporting", "Scans", "Settings", "StationStorage", "SyncProtocol", "Syncing",
                "WebPages",
                hummingbird,
                coreMetrics, hummingbirdCore, logging, serviceLifecycle,
            ],
            resources: [
                .embedInCode("Pages"), .embedInCode("openapi.json"), .embedInCode("asyncapi.json"),
            ]),
        module(
            "Station", "Station",
            [
                "AllDrivers", "Bundles", "Console", "CurlHTTP", "Devices", "Dialogues", "DriverKit",
                "Feedback",
                "LinuxIO",
                "LocalAPI", "Operators", "Pipeline", "Replication", "Scans", "Settings",
                "StationStorage",
                "SyncProtocol", "Syncing", hummingbird, logging, serviceLifecycle,
            ]),

        // Hub: the central inventory server.
        module("Hub", "Accounts", [crypto, cryptoExtras]),
        module(
            "Hub", "HubStorage",
            [
                "Accounts", "CatalogueStore", "LedgerStore", "OperatorGrants", "Replication",
                "SyncProtocol",
                grdb, crypto,
            ]),
        module(
            "Hub", "Hub",
            [
                "Accounts", "BarcodePrinting", "BundleFormat", "CatalogueStore", "Gzip",
                "HubStorage", "LedgerStore", "LinuxIO",
                "Measuring", "MessageSignatures", "OperatorGrants", "Replication", "Reporting",
                "SyncProtocol", "WebPages",
                coreMetrics, crypto, hummingbird, hummingbirdCore, hummingbirdTLS, logging,
                protobuf, serviceLifecycle,
                swiftASN1, x509,
            ], resources: [.embedInCode("openapi.json"), .embedInCode("Pages/hub.css")]),

        module(
            "Hub", "Sinks",
            [
                "CurlHTTP", "EPCIS", "Hub", "HubStorage", "LedgerStore", "LinuxIO", "MQTT",
                "Replication", "Reporting", crypto, logging,
            ]),

        // Commands: parse arguments, call one function.
        module("Commands", "CommandKit", ["LinuxIO", "LocalAPI", argumentParser]),
        command(
            "scanstationd",
            [
                "AllDrivers", "Console", "LinuxIO", "LocalAPI", "Settings", "Station",
                "StationStorage", logging,
            ]),
        command("scanstation-driver", ["AllDrivers", "DriverKit", "LinuxIO"]),
        command(
            "scanstation-driver-camera",
            ["BarcodeReading", "Barcodes", "Camera", "DriverKit", "LinuxIO", "Pictures", "Scans"]),
        command(
            "scanstation-driver-nfc",
            ["DriverKit", "EmulatedNFC", "LinuxIO", "NDEF", "NFC", "TagSecurity"]),
        command(
            "scanstation-driver-voice",
            [
                "DriverKit", "LinuxIO", "SeparateDrivers", "Sound", "SoundFiles", "Speech", "Voice",
            ]),
        command(
            "scanstationctl",
            [
                "AllDrivers", "BarcodePrinting", "Barcodes", "Checkup", "CurlHTTP", "DriverKit",
                "GS1", "Keymaps", "LinuxIO", "LocalAPI", "NDEF", "Reporting", "ScanRules", "Scans",
                "Settings", "SyncProtocol", "Wedge",
            ]),
        command(
            "scanhub",
            [
                "Accounts", "BundleFormat", "CatalogueStore", "CurlHTTP", "EPCIS", "Hub",
                "HubStorage",
                "LedgerStore",
                "LinuxIO", "OperatorGrants", "Replication", "Reporting", "Scans", "Sheets",
                "Sinks", "SyncProtocol", logging,
            ]),

        // Benchmarks: `make bench`.
        .target(
            name: "Floor", path: "Benchmarks/Floor",
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .executableTarget(
            name: "scanbench",
            dependencies: [
                "CatalogueStore", "CurlHTTP", "EmulatedNFC", "Feedback", "Floor", "GS1", "Gzip",
                "HubStorage",
                "LedgerStore", "LinuxIO",
                "Pipeline", "Replication", "Scans", "StationStorage", "SyncProtocol", "Syncing",
                argumentParser, crypto, logging,
            ],
            path: "Benchmarks/scanbench", swiftSettings: strict),

        .target(
            name: "CameraFloor", path: "Benchmarks/CameraFloor",
            linkerSettings: [.linkedLibrary("zbar")]),
        .executableTarget(
            name: "camerabench",
            dependencies: [
                "BarcodeReading", "CameraFloor", "CommandKit", "LinuxIO", "Pictures",
                "ScanTesting", argumentParser,
            ],
            path: "Benchmarks/camerabench", swiftSettings: strict),

        // Testing: imported by tests alone.
        .target(
            name: "CCrashVFS", path: "Sources/Testing/CCrashVFS",
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CForbiddenActs", path: "Sources/Testing/CForbiddenActs"),
        .executableTarget(
            name: "scanprobe",
            dependencies: ["AllDrivers", "CForbiddenActs", "Confining", "DriverKit", "Scans"],
            path: "Sources/Testing/scanprobe", swiftSettings: strict),
        .target(name: "CFuzzer", path: "Sources/Testing/CFuzzer"),
        module(
            "Testing", "Fuzzing",
            [
                "AllDrivers", "DriverKit", "GS1", "HIDPOS", "Keymaps", "LinuxIO", "NDEF",
                "Replication", "ScanRules", "ScanTesting", "Scans", "Serial", "Settings", "Sheets",
                "SyncProtocol", "Wedge",
            ]),
        .executableTarget(
            name: "scanfuzz", dependencies: ["CFuzzer", "Fuzzing", argumentParser],
            path: "Sources/Testing/scanfuzz", swiftSettings: strict),
        module("Testing", "ReplicationTesting", ["Replication", "ScanTesting"]),
        module(
            "Testing", "Simulating",
            [
                "CurlHTTP", "Hub", "HubStorage", "LedgerStore", "Replication",
                "ReplicationTesting", "ScanTesting", "StationStorage", "Syncing", grdb,
            ]),
        .executableTarget(
            name: "scansim",
            dependencies: [
                "LinuxIO", "Replication", "ReplicationTesting", "ScanTesting", "Simulating",
                argumentParser,
            ],
            path: "Sources/Testing/scansim", swiftSettings: strict),
        module("Testing", "ScanTesting", ["DriverKit", "Keymaps", "LinuxIO", "Pictures", "Scans"]),

        tests("Fuzzing", ["Fuzzing"], resources: [.copy("Corpora")]),
        tests("Domain/Barcodes", ["Barcodes"]),
        tests("Domain/GS1", ["Barcodes", "GS1"], resources: [.copy("Data")]),
        tests("Domain/NDEF", ["NDEF"], resources: [.copy("Data")]),
        tests(
            "Domain/Replication", ["Replication", "ReplicationTesting"],
            resources: [.copy("Data")]),
        tests("Domain/ScanRules", ["Barcodes", "ScanRules", "Scans"]),
        tests("Domain/Dialogues", ["Dialogues", "Replication", "Scans"]),
        tests("Domain/Batches", ["Batches", "Replication", "Scans"]),
        tests("Domain/Scans", ["Barcodes", "GS1", "Replication", "Scans"]),
        tests("Store/CatalogueStore", ["CatalogueStore", grdb]),
        tests(
            "Store/LedgerStore",
            [
                "LedgerStore", "Replication", "ReplicationTesting", "Reporting", "SyncProtocol",
                grdb,
            ]),
        tests("Drivers/DriverKit", ["DriverKit", "LinuxIO", "Scans"]),
        tests("Drivers/Serial", ["DriverKit", "LinuxIO", "Scans", "Serial"]),
        tests(
            "Drivers/Wedge", ["DriverKit", "Keymaps", "LinuxIO", "Scans", "Wedge"],
            resources: [.copy("Recordings")]),
        tests(
            "Drivers/Replay", ["DriverKit", "LinuxIO", "Replay", "Scans"],
            resources: [.copy("Data")]),
        tests("Platform/BarcodePrinting", ["BarcodePrinting", "LinuxIO"]),
        tests("Wire/SyncProtocol", ["SyncProtocol"]),
        tests("Wire/OperatorGrants", ["OperatorGrants", "SyncProtocol", crypto, protobuf]),
        tests("Wire/EPCIS", ["EPCIS", "Replication"], resources: [.copy("Data")]),
        tests("Platform/CurlHTTP", ["CurlHTTP", "LinuxIO", hummingbird, logging]),
        tests("Platform/LinuxIO", ["CLinux", "LinuxIO"]),
        tests("Platform/Gzip", ["Gzip"]),
        tests("Platform/WebPages", ["WebPages"]),
        tests("Platform/Sheets", ["Sheets"], resources: [.copy("Data")]),
        tests("Platform/Keymaps", ["Keymaps", "LinuxIO"]),
        tests("Platform/Pictures", ["Pictures"]),
        tests("Platform/Video", ["LinuxIO", "Pictures", "Video"]),
        tests("Platform/Sound", ["LinuxIO", "Sound", "SoundFiles"]),
        tests("Platform/Measuring", ["Measuring", coreMetrics]),
        tests("Platform/MessageSignatures", ["MessageSignatures", crypto]),
        tests(
            "Drivers/BarcodeReading", ["BarcodeReading", "Barcodes", "LinuxIO", "Pictures"],
            resources: [.copy("Data")]),
        tests("Platform/TagSecurity", ["TagSecurity"]),
        tests(
            "Drivers/Camera",
            ["BarcodeReading", "Barcodes", "Camera", "DriverKit", "LinuxIO", "Pictures", "Scans"]),
        tests("Drivers/HIDPOS", ["DriverKit", "HIDPOS", "LinuxIO", "Scans"]),
        tests(
            "Drivers/NFC",
            [
                "DriverKit", "EmulatedNFC", "LinuxIO", "NDEF", "NFC", "Scans", "TagSecurity",
            ]),
        tests("Drivers/Speech", ["SoundFiles", "Speech"], resources: [.copy("Data")]),
        tests(
            "Drivers/Voice",
            [
                "Dialogues", "DriverKit", "LinuxIO", "Replication", "Scans", "SeparateDrivers",
                "Sound", "SoundFiles", "Speech", "Voice",
            ], resources: [.copy("Data")]),
        tests("Station/Checkup", ["Checkup", "LinuxIO", "LocalAPI"]),
        tests("Station/Feedback", ["Feedback", "LinuxIO", "Scans", "Sound", logging]),
        tests(
            "Station/Settings",
            [
                "AllDrivers", "Barcodes", "DriverKit", "Feedback", "Replication", "ScanRules",
                "Scans", "Settings",
            ]),
        tests(
            "Station/StationStorage",
            [
                "LedgerStore", "Replication", "ReplicationTesting", "Scans", "StationStorage",
                "SyncProtocol", grdb,
            ]),
        tests(
            "Station/Devices",
            ["AllDrivers", "Devices", "DriverKit", "Keymaps", "LinuxIO", "Scans", logging]),
        tests(
            "Station/Operators",
            [
                "LinuxIO", "OperatorGrants", "Operators", "Replication", "Scans",
                "StationStorage", crypto, grdb, logging,
            ]),
        tests(
            "Station/Pipeline",
            [
                "Batches", "CatalogueStore", "Dialogues", "DriverKit", "LedgerStore", "Pipeline",
                "Replication",
                "ReplicationTesting",
                "ScanRules", "Scans",
                "StationStorage", "SyncProtocol", grdb, logging,
            ]),
        tests(
            "Station/Syncing",
            [
                "CatalogueStore", "CurlHTTP", "Gzip", "Hub", "HubStorage", "OperatorGrants",
                "Replication",
                "StationStorage",
                "SyncProtocol",
                "Syncing", crypto, grdb, hummingbird, logging, protobuf,
            ]),
        tests(
            "Station/Bundles",
            [
                "BundleFormat", "Bundles", "Hub", "HubStorage", "LedgerStore", "Replication",
                "StationStorage", "SyncProtocol", crypto, protobuf,
            ]),
        tests(
            "Station/Console",
            [
                "AllDrivers", "Bundles", "CatalogueStore", "Console", "CurlHTTP", "Devices",
                "DriverKit", "LinuxIO",
                "LocalAPI", "Measuring", "OperatorGrants", "Operators", "Pipeline", "Replication",
                "Reporting", "Scans",
                "Settings",
                "StationStorage", "SyncProtocol", "Syncing", crypto, hummingbird, logging,
                serviceLifecycle,
            ]),
        tests(
            "System",
            ["Checkup", "CurlHTTP", "EmulatedNFC", "LinuxIO", "LocalAPI", "Pictures", "SoundFiles"]),
        tests("Simulation", ["Simulating"]),
        tests(
            "Crash",
            [
                "CCrashVFS", "HubStorage", "LedgerStore", "Replication", "Simulating",
                "StationStorage", "SyncProtocol", grdb,
            ]),
        tests("Tidy", []),
        tests("Hub/Accounts", ["Accounts"]),
        tests(
            "Hub/HubStorage",
            ["Accounts", "HubStorage", "LedgerStore", "Replication", "SyncProtocol", crypto, grdb]),
        tests(
            "Hub/Hub",
            [
                "Accounts", "CatalogueStore", "Gzip", "Hub", "HubStorage", "LedgerStore",
                "Measuring",
                "MessageSignatures", "OperatorGrants",
                "Replication",
                "SyncProtocol", crypto, hummingbird, logging, protobuf,
                serviceLifecycle,
            ]),
        tests(
            "Hub/Sinks",
            [
                "CurlHTTP", "EPCIS", "HubStorage", "LinuxIO", "MQTT", "Replication", "Sinks",
                "SyncProtocol", grdb, logging,
            ]),
    ],
    swiftLanguageModes: [.v6])
