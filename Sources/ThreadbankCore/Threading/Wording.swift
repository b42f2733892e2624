// Whether two texts say the same words, whatever notation they are written in.

/// Compares texts by their words alone: letters and digits, in lower case.
public enum Wording {
    /// Whether nearly all words of `part` stand in `whole` too. Markup, the addresses of links and names of emoji may differ between
    /// a text and what was made of its rendering; one word in eight is left for them.
    public static func isWithin(_ part: String, _ whole: String) -> Bool {
        let words = words(of: part)
        let others = words.isEmpty ? [] : Self.words(of: whole)
        return words.count { !others.contains($0) } * 8 <= words.count
    }

    /// Whether two texts share most words of the shorter one. Two empty texts do not.
    public static func isAlike(_ a: String, _ b: String) -> Bool {
        let (a, b) = (words(of: a), words(of: b))
        let shorter = min(a.count, b.count)
        return shorter > 0 && a.intersection(b).count * 4 >= shorter * 3
    }

    /// Of a longer text only the start is looked at.
    private static let longest = 50_000

    private static func words(of text: String) -> Set<Substring> {
        Set(text.prefix(longest).lowercased().split { !$0.isLetter && !$0.isNumber })
    }
}
