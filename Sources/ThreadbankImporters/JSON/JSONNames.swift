// The keys that an importer wants of an object, found by their bytes.

/// Tells from a key's bytes which of an enumeration's raw values it is.
struct JSONNames<Name: CaseIterable & RawRepresentable<String> & Sendable>: Sendable {
    /// By length; few keys are equally long.
    private let byLength: [[(bytes: [UInt8], name: Name, place: Int)]]

    init(_ type: Name.Type = Name.self) {
        let longest = Name.allCases.map(\.rawValue.utf8.count).max() ?? 0
        var table: [[(bytes: [UInt8], name: Name, place: Int)]] = Array(repeating: [], count: longest + 1)
        for (place, name) in Name.allCases.enumerated() {
            table[name.rawValue.utf8.count].append((Array(name.rawValue.utf8), name, place))
        }
        byLength = table
    }

    /// - parameter key: a string in its quotation marks.
    func name(_ key: UnsafeBufferPointer<UInt8>) -> Name? {
        if let known = placed(key) { return known.name }
        return key.contains(UInt8(ascii: "\\")) ? Name(rawValue: JSONString.text(of: key)) : nil
    }

    /// The name of a key that is written without escapes, and its place among all.
    func placed(_ key: UnsafeBufferPointer<UInt8>) -> (name: Name, place: Int)? {
        let length = key.count - 2
        guard length >= 0, length < byLength.count else { return nil }
        let bare = UnsafeBufferPointer(rebasing: key[1..<length + 1])
        for entry in byLength[length] where entry.bytes.elementsEqual(bare) { return (entry.name, entry.place) }
        return nil
    }
}
