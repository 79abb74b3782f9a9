public import DriverKit
import ScanRules

/// Reads `scanstation.toml` and the files of the folder `conf.d` beside it.
///
/// A file that is read later wins, key by key; devices add up. No file at all is a good
/// configuration. The first mistake ends the reading: nothing is half configured.
public struct ConfigFile: Sendable {
    /// Where packages put it.
    public static let defaultPath = "/etc/scanstation/scanstation.toml"

    private let catalogue: [DriverKind]

    /// `catalogue`: the drivers that devices can name.
    public init(catalogue: [DriverKind]) {
        self.catalogue = catalogue
    }

    /// Reads `path`, then `conf.d/*.toml` beside it in the order of their names.
    ///
    /// `isRequired`: somebody asked for this very file, so it must be there.
    public func read(
        path: String = ConfigFile.defaultPath, isRequired: Bool = false
    ) throws(ConfigError) -> StationConfig {
        var sources: [ConfigSource] = []
        if let text = try TextFile.read(path) {
            sources.append(try ConfigSource(text: text, file: path))
        } else if isRequired {
            throw ConfigError(.unreadable, file: path, "There is no such file.")
        }
        let folder = Self.fragmentFolder(of: path)
        for name in try TextFile.names(in: folder, suffix: ".toml") {
            let file = "\(folder)/\(name)"
            // Removed since the folder was listed: as if it had never been.
            guard let text = try TextFile.read(file) else { continue }
            sources.append(try ConfigSource(text: text, file: file))
        }
        return try config(from: sources)
    }

    /// Reads a text as if it stood in `file`.
    public func parse(_ text: String, file: String) throws(ConfigError) -> StationConfig {
        try config(from: [ConfigSource(text: text, file: file)])
    }

    /// The names of the files of `conf.d` beside `path`, in their order.
    public static func fragments(besides path: String) throws(ConfigError) -> [String] {
        try TextFile.names(in: fragmentFolder(of: path), suffix: ".toml")
    }

    static func fragmentFolder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "conf.d" }
        return path[...slash] + "conf.d"
    }

    private func config(from sources: [ConfigSource]) throws(ConfigError) -> StationConfig {
        var config = StationConfig()
        var devices = DeviceReader(catalogue: catalogue)
        var rules = RuleReader()
        for source in sources {
            try devices.read(source)
            try rules.read(source)
            try SectionReader(source: source).read(into: &config)
        }
        config.devices = devices.devices
        config.scanRules = RuleSet(rules.rules)
        return config
    }
}
