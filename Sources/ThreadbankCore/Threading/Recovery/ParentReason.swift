// Why a post is thought to answer another one, in a sentence.

struct ParentReason {
    private let features: ParentFeatures
    private let index: Int
    private let parent: Int?

    init(_ features: ParentFeatures, _ index: Int, _ parent: Int?) {
        self.features = features
        self.index = index
        self.parent = parent
    }

    /// The basis, and what speaks for the parent, the most telling first.
    var sentence: (ReplyBasis, String) {
        guard let parent, parent != features.opening else {
            return (.order, "little ties it to the posts above: answers the opening post")
        }
        let name = "the page’s post \(parent + 1)"
        let (child, asked) = (features.cues[index], features.cues[parent])
        if features.names[index] != nil, parent > 0, features.names[parent - 1] == features.names[index] {
            return (.order, "by the author whom \(name) seems to answer")
        }
        var reasons: [String] = []
        switch child.opening {
        case .thanks, .thanksForExplanation: reasons.append("opens with thanks")
        case .assent: reasons.append("opens with agreement or its contrary")
        default: break
        }
        if asked.asks, !child.asks { reasons.append("stands below the question of \(name)") }
        let shared = features.rarity.weight(ofShared: child.bag, asked.bag)
        if shared >= 6 {
            let words = sharedWords(with: parent).map { "“\($0)”" }.joined(separator: ", ")
            reasons.append("shares \(words) with \(name)")
            return (.text, reasons.joined(separator: "; "))
        }
        if parent == index - 1 { reasons.append("stands directly under \(name)") }
        return (.order, reasons.isEmpty ? "stands below \(name)" : reasons.joined(separator: "; "))
    }

    /// The three rarest words of both, as the post writes them, in lower case.
    private func sharedWords(with post: Int) -> [String] {
        let shared = Set(features.cues[index].bag.shared(with: features.cues[post].bag))
        var found: [(word: String, hash: UInt32)] = []
        for merged in features.posts[index].lines {
            PageWords.forEachWord(in: merged.line.text) { word in
                if let hash = WordBag.hash(of: word), shared.contains(hash), !found.contains(where: { $0.hash == hash }),
                    found.count < 64
                {
                    found.append((String(decoding: word, as: UTF8.self), hash))
                }
                return true
            }
        }
        let rarest = found.enumerated().sorted {
            (features.rarity.count($0.element.hash), $0.offset) < (features.rarity.count($1.element.hash), $1.offset)
        }
        return rarest.prefix(3).map(\.element.word)
    }
}
