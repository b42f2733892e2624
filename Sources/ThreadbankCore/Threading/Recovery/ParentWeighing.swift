// Weighs the posts that a post may answer by order, authors and wording. The weights are set by hand; learned ones have their
// room here.

struct ParentWeighing {
    private let page: ParentInference
    private let index: Int

    init(_ page: ParentInference, _ index: Int) {
        self.page = page
        self.index = index
    }

    private struct Choice {
        /// nil for the opening post.
        var post: Int?
        var score: Double
        var shared = 0.0
    }

    /// The likeliest parent.
    var parent: RecoveredParent {
        // One pass without a list of choices: this runs once a post.
        var best = page.opening.isShown ? nil : Choice(post: nil, score: openingScore)
        var second = -Double.infinity
        for (step, post) in page.candidates(for: index).enumerated() {
            var choice = Choice(post: post, score: prior(step: step))
            choice.shared = page.rarity.weight(ofShared: page.cues[index].bag, page.cues[post].bag)
            // A topic is mostly answered as a whole; in it only the wording speaks for another post.
            if post == page.openingIndex { choice.score = max(choice.score, 0.9) }
            choice.score += wording(post, shared: choice.shared, step: step) + authors(post)
            if let held = best, held.score >= choice.score {
                second = max(second, choice.score)
            } else {
                second = best?.score ?? second
                best = choice
            }
        }
        guard let best else {
            return RecoveredParent(
                index: page.openingIndex, basis: .order, confidence: 0.3, evidence: "nothing ties it to another post")
        }
        return described(best, margin: min(best.score - second, 3), isNearest: best.post == index - 1)
    }

    private func prior(step: Int) -> Double {
        step == 0 ? 0 : -0.9 - 0.2 * Double(min(step, 8))
    }

    private var openingScore: Double {
        var score = -0.2
        let length = page.cues[index].length
        if length > 400 { score += 0.4 }
        if length < 80 { score -= 0.2 }
        return score
    }

    private func wording(_ post: Int, shared: Double, step: Int) -> Double {
        var score = min(2, shared / 10)
        guard step == 0 else { return score }
        if page.cues[index].opening == .assent { score += 0.8 }
        if asks(post), !asks(index) { score += 0.7 }
        if asks(index), page.cues[index].length < 160 { score += 0.5 }
        if page.cues[index].speaksToYou { score += 0.4 }
        return score
    }

    private func authors(_ post: Int) -> Double {
        guard let name = page.name(index) else { return 0 }
        // People seldom answer themselves, and often answer who answered them.
        if page.name(post) == name { return -1.6 }
        if let above = page.parents[post].index, page.name(above) == name { return 1 }
        return 0
    }

    private func asks(_ post: Int) -> Bool { page.cues[post].asks }

    private func described(_ best: Choice, margin: Double, isNearest: Bool) -> RecoveredParent {
        let confidence = min(0.75, 0.36 + 0.12 * margin)
        guard let post = best.post else {
            return RecoveredParent(
                index: nil, basis: .order, confidence: confidence,
                evidence: "nothing ties it to the posts above: answers the opening post")
        }
        if isNearest, asks(post), !asks(index) {
            return RecoveredParent(
                index: post, basis: .order, confidence: confidence,
                evidence: "stands under the question of the page’s post \(post + 1)")
        }
        if isNearest, asks(index) {
            return RecoveredParent(
                index: post, basis: .order, confidence: confidence, evidence: "asks about the page’s post \(post + 1) above")
        }
        if best.shared >= 6 {
            let words = sharedWords(with: post).map { "“\($0)”" }.joined(separator: ", ")
            return RecoveredParent(
                index: post, basis: .text, confidence: confidence, evidence: "shares \(words) with the page’s post \(post + 1)")
        }
        let evidence =
            isNearest ? "stands directly under the page’s post \(post + 1)" : "stands below the page’s post \(post + 1)"
        return RecoveredParent(index: post, basis: .order, confidence: confidence, evidence: evidence)
    }

    /// The three rarest words of both, as the post writes them, in lower case.
    private func sharedWords(with post: Int) -> [String] {
        let shared = Set(page.cues[index].bag.shared(with: page.cues[post].bag))
        var found: [(word: String, hash: UInt32)] = []
        for merged in page.posts[index].lines {
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
            (page.rarity.count($0.element.hash), $0.offset) < (page.rarity.count($1.element.hash), $1.offset)
        }
        return rarest.prefix(3).map(\.element.word)
    }
}
