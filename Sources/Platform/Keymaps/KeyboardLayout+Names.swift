extension KeyboardLayout {
    /// The layouts that can be chosen: those that scanners' manuals offer. `de` and the like are
    /// names of xkeyboard-config, with a variant after the hyphen where there is one.
    public static let names = [
        "us", "us-intl", "gb", "de", "fr", "es", "it", "ch", "ch-fr", "se", "at", "be", "br", "ca",
        "cz", "dk", "ee", "fi", "hr", "hu", "ie", "is", "jp", "latam", "lv", "nl", "no", "pl",
        "pt", "ro", "rs-latin", "si", "sk", "tr",
    ]

    /// One of `names`; `us` needs no files, all others those of xkb-data.
    public static func named(_ name: String) throws(KeymapError) -> KeyboardLayout {
        guard names.contains(name) else { throw .unknownLayout(name) }
        if name == us.name { return us }
        let parts = name.split(separator: "-", maxSplits: 1).map(String.init)
        let keymap = try Keymap(layout: parts[0], variant: parts.count > 1 ? parts[1] : "")
        return KeyboardLayout(name: name, legends: keymap.legends)
    }
}

/// Why a layout can't be had.
public enum KeymapError: Error, Equatable, CustomStringConvertible {
    case unknownLayout(String)
    /// xkbcommon does not find or understand it.
    case notCompiled(layout: String)

    public var description: String {
        switch self {
        case .unknownLayout(let name): "there is no keyboard layout '\(name)'"
        case .notCompiled(let layout):
            "the keyboard layout '\(layout)' can't be read from /usr/share/X11/xkb; "
                + "is the package xkb-data installed?"
        }
    }
}
