// Lines that the page's own furniture put between posts: buttons, counters, menus.

/// Recognises such lines. Only a page with header lines has them taken out: elsewhere "Reply" may be what somebody wrote.
enum ChromeLine {
    static func isChrome(_ line: String) -> Bool {
        guard line.utf8.count <= 80 else { return false }
        // A sentence, a link with a label or a rule is the post's own.
        let words = PageWords.words(of: line, limit: 12)
        guard !words.isEmpty else { return line.unicodeScalars.allSatisfy { marks.contains($0) } }
        if line.contains(":") || line.contains("/") || line.contains("?") { return false }
        var buttons = 0
        for word in words {
            if buttonWords.contains(word) { buttons += 1 } else if !glue.contains(word), Int(word) == nil { return false }
        }
        return buttons > 0 && words.count <= 12
    }

    /// A line of dashes or the like: directly above a header it parts the posts.
    static func isRule(_ line: String) -> Bool {
        guard let first = line.utf8.first, line.utf8.count >= 3 else { return false }
        return "-_=*".utf8.contains(first) && line.utf8.allSatisfy { $0 == first }
    }

    private static let buttonWords: Set<String> = [
        "reply", "replies", "permalink", "share", "report", "save", "saved", "embed", "parent", "context", "quote", "edit",
        "delete",
        "upvote", "downvote", "vote", "award", "awards", "hide", "follow", "unfollow", "crosspost", "source", "link", "fedilink",
        "collapse", "expand", "like", "likes", "flag", "bookmark", "antworten", "teilen", "melden", "zitieren", "ответить",
        "поделиться", "répondre", "partager", "responder", "compartir",
    ]
    private static let glue: Set<String> = [
        "more", "show", "view", "load", "comments", "give", "and", "to", "this", "all", "full", "copy",
    ]
    private static let marks: Set<Unicode.Scalar> = ["·", "•", "|", "▲", "▼", "↑", "↓", "⬆", "⬇", "…", "⋮"]
}
