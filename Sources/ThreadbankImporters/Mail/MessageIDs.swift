// Message-IDs in headers, as they are and as they should be.

/// Finds the Message-IDs in a header's value. White space within an id comes from folding and goes.
enum MessageIDs {
    /// Longer ones are no ids: they would only fill the archive.
    private static let longest = 1_000

    /// The id of a `Message-ID` header, without its brackets: the first in brackets, else all that stands there.
    static func own(_ value: String) -> String? {
        if let first = bracketed(value).first { return first }
        return clean(value.utf8.prefix { $0 != UInt8(ascii: "(") })
    }

    /// The ids of a `References` header, the oldest first; where none has brackets, its words with an @.
    static func references(_ value: String) -> [String] {
        let found = bracketed(value)
        if !found.isEmpty || value.utf8.contains(UInt8(ascii: "<")) { return found }
        return value.utf8.split { $0 <= 0x20 || $0 == UInt8(ascii: ",") }.filter { $0.contains(UInt8(ascii: "@")) }
            .compactMap(clean)
    }

    /// The first id of an `In-Reply-To` header, which may hold prose and addresses too; later ones tend to be addresses.
    static func answered(_ value: String, author: String?) -> String? {
        let isID = { (id: String) in id.utf8.contains(UInt8(ascii: "@")) && id.lowercased() != author }
        if let first = bracketed(value).first(where: isID) { return first }
        // Without brackets only where nothing else stands there.
        guard !value.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "<") }) else { return nil }
        return clean(value.utf8).flatMap { isID($0) ? $0 : nil }
    }

    private static func bracketed(_ value: String) -> [String] {
        var found: [String] = []
        var start: String.UTF8View.Index?
        let bytes = value.utf8
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "<"): start = bytes.index(after: index)
            case UInt8(ascii: ">"):
                if let from = start, let id = clean(bytes[from..<index]) { found.append(id) }
                start = nil
            default: break
            }
        }
        // A last one that was cut off.
        if let start, let id = clean(bytes[start...].prefix { $0 > 0x20 }), id.utf8.contains(UInt8(ascii: "@")) {
            found.append(id)
        }
        return found
    }

    private static func clean(_ bytes: some Collection<UInt8>) -> String? {
        let id = bytes.filter { $0 > 0x20 && $0 != 0x7F }
        guard !id.isEmpty, id.count <= longest else { return nil }
        return String(decoding: id, as: UTF8.self)
    }
}
