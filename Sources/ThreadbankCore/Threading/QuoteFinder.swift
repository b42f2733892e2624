// Which post a quotation is from: its words stand in a post above.

/// Finds quotations (``QuotedLines``) in other texts.
public enum QuoteFinder {
    /// A quotation with fewer words says too little.
    private static let fewestWords = 3

    /// The first of some texts that holds the words of a quotation, in their order and side by side; nil where none does. Where it does
    /// not stand there whole, its longest line must.
    public static func source(of quotation: String, in texts: [String]) -> Int? {
        let whole = words(quotation)
        let longest = quotation.split(separator: "\n").map { words(String($0)) }.max { $0.count < $1.count } ?? []
        let texts = texts.map { joined(words($0)) }
        for wanted in [whole, longest] where wanted.count >= fewestWords {
            let phrase = joined(wanted)
            if let place = texts.firstIndex(where: { $0.contains(phrase) }) { return place }
        }
        return nil
    }

    private static func words(_ text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { $0 }
    }

    private static func joined(_ words: [Substring]) -> String { " " + words.joined(separator: " ") + " " }
}
