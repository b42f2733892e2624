// Whether a page shows its opening post, or only the answers to it.

enum OpeningPost {
    /// What is known of the opening post.
    struct Finding: Sendable, Equatable {
        var isShown: Bool
        var evidence: String
    }

    static func find(_ posts: [PostDraft], hasHeaders: Bool, isTopic: Bool) -> Finding {
        guard let first = posts.first, posts.count > 1 else {
            return Finding(isShown: true, evidence: "the page holds a single post")
        }
        if hasHeaders, first.header == nil {
            return Finding(isShown: true, evidence: "text without a header stands above the first answer's header")
        }
        if let evidence = sign(in: first.lines.prefix(12).map(\.line.text)) { return Finding(isShown: true, evidence: evidence) }
        if isTopic {
            return Finding(isShown: true, evidence: "the page reads like a forum’s topic, which begins with its opening post")
        }
        return Finding(isShown: false, evidence: "the page begins with an answer, and shows nothing that it answers")
    }

    /// What shows that the lines are of an opening post; nil where nothing does.
    static func sign(in lines: [String]) -> String? {
        guard let first = lines.first else { return nil }
        if Openings.kind(of: first) == .greeting || greetsAll(first) { return "the first post greets, as an opening post does" }
        if lines.contains(where: asksForHelp) { return "the first post asks for help, as an opening post does" }
        return nil
    }

    private static func greetsAll(_ line: String) -> Bool {
        let words = PageWords.words(of: line.prefix(60), limit: 3)
        guard let first = words.first, ["hi", "hello", "hey", "hallo", "привет"].contains(first) else { return false }
        return words.count < 2
            || ["all", "everyone", "everybody", "guys", "folks", "there", "zusammen", "всем"].contains(words[1])
            || line.prefix(12).contains(",")
    }

    private static func asksForHelp(_ line: String) -> Bool {
        let text = line.prefix(2_000).lowercased()
        return phrases.contains { text.contains($0) }
    }

    private static let phrases = [
        "thanks in advance", "thank you in advance", "any help", "any suggestion", "any advice", "any ideas?", "i am trying to",
        "i'm trying to",
        "can anyone", "does anyone know", "is there a way to", "please help", "i want to", "i would like to know",
        "i am planning", "anyone know", "danke im voraus", "заранее спасибо",
    ]
}
