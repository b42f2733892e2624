// The first bytes of a JSON text, searched for what tells formats apart.

/// Members that the start of a text shows, at any depth. A key also counts where it stands in a text's words: this is for guessing.
struct JSONHead {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func hasText(_ text: String) -> Bool { bytes.firstRange(of: Array(text.utf8)) != nil }

    func hasKey(_ key: String) -> Bool { values(of: key) { _ in true } }

    /// Whether some member of that key is one of these texts.
    func has(_ key: String, _ texts: [String]) -> Bool {
        values(of: key) { value in texts.contains { value.starts(with: "\"\($0)\"".utf8) } }
    }

    /// Whether some member of that key is a list with nothing in it.
    func hasEmptyList(_ key: String) -> Bool {
        values(of: key) { value in
            value.first == UInt8(ascii: "[") && value.dropFirst().first { !JSONByte.isSpace($0) } == UInt8(ascii: "]")
        }
    }

    /// Whether `isWanted` takes what stands after the key and its colon, somewhere.
    private func values(of key: String, _ isWanted: (ArraySlice<UInt8>) -> Bool) -> Bool {
        let wanted = Array("\"\(key)\"".utf8)
        var rest = bytes[...]
        while let found = rest.firstRange(of: wanted) {
            rest = rest[found.upperBound...]
            let colon = rest.drop(while: JSONByte.isSpace)
            if colon.first == UInt8(ascii: ":"), isWanted(colon.dropFirst().drop(while: JSONByte.isSpace)) { return true }
        }
        return false
    }
}
