"""QEMU's names for the keys of a US keyboard."""

import string

PLAIN = {
    "\n": "ret", "\t": "tab", " ": "spc", "-": "minus", "=": "equal", ";": "semicolon",
    "'": "apostrophe", "/": "slash", ",": "comma", ".": "dot", "\\": "backslash",
    "[": "bracket_left", "]": "bracket_right", "`": "grave_accent",
}  # fmt: skip


def key_codes(character):
    """The keys to hold down, in order, for one character."""
    if character in string.digits or character in string.ascii_lowercase:
        return [character]
    if character in string.ascii_uppercase:
        return ["shift", character.lower()]
    return [PLAIN[character]]
