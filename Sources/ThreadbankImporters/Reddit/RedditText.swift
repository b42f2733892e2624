// Reddit's texts: escaped for HTML or not, and what stands where one is gone.

internal import ThreadbankCore

/// Whether the texts of a record are escaped: Reddit writes `&amp;`, `&lt;` and `&gt;` in all of them, unless it was asked with
/// `raw_json=1`. Undoing what was not done would change what people wrote about `&amp;`.
enum RedditEscaping {
    case escaped, raw, unknown

    /// By the rendered text, which always starts with a tag.
    init(html: JSONValue?) {
        guard let html else {
            self = .unknown
            return
        }
        self = html.textStarts(with: "<") ? .raw : html.textStarts(with: "&lt;") ? .escaped : .unknown
    }

    /// By the texts themselves: one that holds a bare `<`, `>` or `&` was not escaped.
    init(texts: [String?]) {
        self = texts.contains { $0.map(Self.isRaw) ?? false } ? .raw : .unknown
    }

    private static func isRaw(_ text: String) -> Bool {
        var rest = text.utf8[...]
        while let place = rest.firstIndex(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) {
            rest = rest[place...]
            guard let length = entity(rest)?.length else { return true }
            rest = rest.dropFirst(length)
        }
        return false
    }

    /// The text as it was written.
    func text(_ text: String) -> String {
        if self == .raw || !text.utf8.contains(0x26) { return text }
        var plain: [UInt8] = []
        plain.reserveCapacity(text.utf8.count)
        var rest = text.utf8[...]
        while let byte = rest.first {
            let found = Self.entity(rest)
            plain.append(found?.byte ?? byte)
            rest = rest.dropFirst(found?.length ?? 1)
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The escape that starts here.
    private static func entity(_ rest: Substring.UTF8View) -> (byte: UInt8, length: Int)? {
        guard rest.first == 0x26 else { return nil }
        if rest.starts(with: "&amp;".utf8) { return (0x26, 5) }
        if rest.starts(with: "&lt;".utf8) { return (0x3C, 4) }
        return rest.starts(with: "&gt;".utf8) ? (0x3E, 4) : nil
    }
}

/// What stands in place of a text that is gone.
enum RedditTombstone {
    /// The state that a body or a title states by being such a wording.
    static func state(of text: String) -> PostState? {
        guard text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") else { return nil }
        switch text {
        case "[deleted]", "[deleted by user]": return .deleted
        case "[removed]", "[unavailable]": return .removed
        default:
            // "[ Removed by Reddit in response to a copyright notice. ]"
            let words = text.lowercased().split { !$0.isLetter }
            return words.starts(with: ["removed", "by"]) ? .removed : words.starts(with: ["deleted", "by"]) ? .deleted : nil
        }
    }

    /// The state that a category of Reddit's or of an archive's names: `moderator`, `automod_filtered`, `deleted`, `author`, …
    static func state(category: String) -> PostState {
        ["deleted", "author", "user"].contains(category.lowercased()) ? .deleted : .removed
    }
}
