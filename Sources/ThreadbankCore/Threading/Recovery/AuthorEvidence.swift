// Who wrote a post, where the page does not state it: another post names somebody and repeats their words.

enum AuthorEvidence {
    /// How far up the page the author of a mention is looked for.
    private static let reach = 400

    /// The authors that can be named, by the index of their post. A name is given to a post only where the naming post shares
    /// telling words with it, at least two of them, and with no other post half as much.
    static func authors(_ posts: [PostDraft], mentions: [[Mention]], bags: [WordBag], rarity: WordRarity) -> [Int:
        RecoveredAuthor]
    {
        var best: [Int: (score: Double, author: RecoveredAuthor)] = [:]
        let stated = Set(posts.compactMap { $0.header?.author?.lowercased() })
        for (index, calls) in mentions.enumerated() {
            for mention in calls where !stated.contains(mention.name.lowercased()) {
                let called = WordBag([mention.name])
                let line = WordBag([posts[index].lines[mention.line].line.text])
                let telling = line.hashes.filter { !called.contains($0) && rarity.count($0) <= 5 }
                guard telling.count >= 2, let found = bestMatch(telling, above: index, posts, bags, rarity) else { continue }
                if let known = best[found.post], known.score >= found.score { continue }
                let confidence = min(0.9, 0.5 + 0.08 * found.score)
                let inference = Inference(.author, basis: "mention", confidence: confidence, evidence: mention.sentence)
                best[found.post] = (found.score, RecoveredAuthor(name: mention.name, inference: inference))
            }
        }
        return best.mapValues(\.author)
    }

    /// The post that the words tell of; nil where none does, or two do.
    private static func bestMatch(
        _ telling: [UInt32], above index: Int, _ posts: [PostDraft], _ bags: [WordBag], _ rarity: WordRarity
    ) -> (post: Int, score: Double)? {
        var best: (post: Int, score: Double)?
        var second = 0.0
        for post in max(0, index - reach)..<index where posts[post].header?.author == nil {
            let shared = telling.filter { bags[post].contains($0) }
            guard shared.count >= 1 else { continue }
            // A word that the naming post shares with one post alone tells most.
            let score = shared.reduce(0) { $0 + 1 / Double(max(1, rarity.count($1) - 1)) }
            if score > best?.score ?? 0 {
                second = best?.score ?? 0
                best = (post, shared.count >= 2 ? score : 0)
            } else {
                second = max(second, score)
            }
        }
        guard let best, best.score >= 1.5, second * 2 <= best.score else { return nil }
        return best
    }
}
