// The cues by which a page is a forum's topic with its opening post, or answers alone, as named features for the weights.

enum PageFeatures {
    static func forEach(_ lines: [MergedLine], _ emit: (String, String) -> Void) {
        let head = lines.prefix(8).map(\.line.text)
        emit("bias", "")
        emit("sign", BoundaryFeatures.sign(OpeningPost.sign(in: Array(head.prefix(6))) != nil))
        emit("sign.whole", BoundaryFeatures.sign(OpeningPost.sign(in: lines.prefix(16).map(\.line.text)) != nil))
        let count = max(1, lines.count)
        let words = Set(head.prefix(4).flatMap { PageWords.words(of: $0, limit: 80) })
        for word in telling where words.contains(word) { emit("says", word) }
        let mean = lines.reduce(0) { $0 + $1.line.text.utf8.count } / count
        emit("mean", BoundaryFeatures.coarse(mean))
        emit("first.length", BoundaryFeatures.coarse(head.first?.utf8.count ?? 0))
        let code = lines.count { Continuation.isCode($0.line.text) } * 100 / count
        emit("code", code == 0 ? "none" : code < 6 ? "some" : "much")
        let asked = head.prefix(6).contains { $0.utf8.last == UInt8(ascii: "?") }
        emit("asks", BoundaryFeatures.sign(asked))
        emit("opening", head.first.flatMap { Openings.kind(of: $0) }.map { "\($0)" } ?? "none")
        let lists = lines.count { Continuation.isListItem($0.line.text) } * 100 / count
        emit("lists", lists == 0 ? "none" : lists < 8 ? "some" : "much")
        var said = SaidSentences()
        var repeats = 0
        for (index, merged) in lines.enumerated().prefix(2_000) {
            if said.line(beginningLike: merged.line.text) != nil { repeats += 1 }
            said.add(merged.line.text, line: index)
        }
        let share = repeats * 100 / count
        emit("repeats", share == 0 ? "none" : share < 4 ? "some" : "much")
        emit("gone", BoundaryFeatures.sign(lines.contains { Tombstone.state(of: $0.line.text) != nil }))
        emit("renderings", BoundaryFeatures.sign(lines.contains { $0.standing != .once }))
        emit("quotes", BoundaryFeatures.sign(lines.contains { $0.line.quoteDepth > 0 }))
        let first = lines.prefix(100).map(\.line.text)
        shares(first, emit)
        plainWords(first, emit)
        emit("lines", Self.bucket(Double(lines.count), [15, 30, 50, 80]))
    }

    /// How many of the lines are of a make that one kind of pages favours.
    private static func shares(_ lines: [String], _ emit: (String, String) -> Void) {
        func share(_ name: String, _ limits: [Double], _ isOne: (String) -> Bool) {
            emit(name, bucket(Double(lines.count(where: isOne)) / Double(max(1, lines.count)), limits))
        }
        share("lower", [0.03, 0.08, 0.15, 0.25]) { $0.unicodeScalars.first?.properties.isLowercase == true }
        share("questions", [0.05, 0.1, 0.2, 0.3]) { $0.utf8.contains(UInt8(ascii: "?")) }
        share("open", [0.1, 0.2, 0.3, 0.45]) { $0.unicodeScalars.last?.properties.isAlphabetic == true }
        share("tiny", [0.05, 0.1, 0.2, 0.3]) { $0.utf8.count < 25 }
        share("names", [0.01, 0.05, 0.1]) { $0.utf8.contains(UInt8(ascii: "@")) }
        share("heads", [0.01, 0.03, 0.06, 0.1]) { $0.utf8.last == UInt8(ascii: ":") }
        share("marked", [0.005, 0.03]) { $0.hasPrefix(">") || $0.contains("](") }
        share("stars", [0.005, 0.03, 0.08]) { $0.utf8.contains(UInt8(ascii: "*")) }
    }

    /// Which of the words that say nothing of the matter the page uses at all, and in every seventh line or more.
    private static func plainWords(_ lines: [String], _ emit: (String, String) -> Void) {
        var counts: [String: Int] = [:]
        for line in lines {
            for word in Set(PageWords.words(of: line, limit: 400)) where plain.contains(word) { counts[word, default: 0] += 1 }
        }
        for (word, count) in counts.sorted(by: { $0.key < $1.key }) {
            emit("uses", word)
            if count * 7 >= lines.count { emit("often", word) }
        }
    }

    private static func bucket(_ value: Double, _ limits: [Double]) -> String { "\(limits.count { value >= $0 })" }

    private static let plain: Set<String> = [
        "i", "im", "ive", "id", "my", "me", "we", "our", "us", "you", "your", "youre", "he", "she", "his", "her", "they", "them",
        "their", "it", "its", "this", "that", "these", "those", "there", "here", "and", "but", "or", "so", "because", "if",
        "then",
        "when", "where", "while", "what", "who", "how", "why", "which", "not", "no", "yes", "dont", "cant", "didnt", "doesnt",
        "isnt",
        "wont", "would", "could", "should", "can", "will", "might", "may", "must", "do", "does", "did", "done", "doing", "have",
        "has",
        "had", "be", "is", "are", "was", "were", "been", "being", "am", "get", "got", "make", "made", "use", "used", "using",
        "try",
        "tried", "trying", "want", "need", "know", "think", "see", "look", "work", "works", "working", "help", "thanks", "thank",
        "please", "hi", "hello", "hey", "sorry", "anyone", "someone", "anything", "something", "everything", "nothing", "also",
        "just",
        "really", "very", "still", "even", "only", "too", "much", "many", "more", "most", "some", "any", "all", "every", "other",
        "another", "same", "different", "one", "two", "first", "last", "new", "old", "good", "bad", "better", "best", "wrong",
        "sure",
        "maybe", "probably", "actually", "basically", "seems", "way", "thing", "things", "people", "guy", "guys", "man", "lol",
        "haha",
        "yeah", "yep", "nope", "ok", "okay", "well", "oh", "as", "at", "by", "for", "from", "in", "into", "of", "off", "on",
        "out",
        "over", "to", "up", "with", "without", "about", "after", "before", "again",
    ]

    private static let telling = [
        "i", "im", "ive", "my", "we", "how", "hi", "hello", "trying", "want", "would", "like", "using", "problem", "issue",
        "question",
        "help", "anyone", "there", "here", "this", "that", "its", "he", "she", "they", "you", "your", "guys", "version", "code",
        "error",
        "following", "thoughts", "proposal", "idea", "wondering", "possible", "am", "not", "lol",
    ]

    /// Whether the page shows its opening post and has letters of several paragraphs.
    static func isTopic(_ lines: [MergedLine]) -> Bool {
        guard lines.count >= 8 else { return OpeningPost.sign(in: lines.prefix(6).map(\.line.text)) != nil }
        var score = 0.0
        forEach(lines) { score += RecoveryModel.page.weight($0, $1) }
        return score > 0
    }
}
