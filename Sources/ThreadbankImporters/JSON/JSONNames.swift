// The keys that an importer wants of an object, found by their bytes.

/// Tells from a key's bytes which of an enumeration's raw values it is.
struct JSONNames<Name: CaseIterable & RawRepresentable<String> & Sendable>: Sendable {
    /// By length; few keys are equally long.
    private let byLength: [[(bytes: [UInt8], name: Name)]]

    init(_ type: Name.Type = Name.self) {
        let longest = Name.allCases.map(\.rawValue.utf8.count).max() ?? 0
        var table: [[(bytes: [UInt8], name: Name)]] = Array(repeating: [], count: longest + 1)
        for name in Name.allCases { table[name.rawValue.utf8.count].append((Array(name.rawValue.utf8), name)) }
        byLength = table
    }

    /// - parameter key: a string in its quotation marks.
    func name(_ key: UnsafeBufferPointer<UInt8>) -> Name? {
        let length = key.count - 2
        guard length >= 0 else { return nil }
        if length < byLength.count {
            for entry in byLength[length] where entry.bytes.elementsEqual(key[1...length]) { return entry.name }
        }
        return key.contains(UInt8(ascii: "\\")) ? Name(rawValue: JSONString.text(of: key)) : nil
    }
}
