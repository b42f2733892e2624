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
    }

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
