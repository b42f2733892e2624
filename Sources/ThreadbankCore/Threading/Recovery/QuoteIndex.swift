// Which post of the page said what another quotes.

/// The lines of the posts read so far, by their words.
struct QuoteIndex {
    private var postByLine: [String: Int] = [:]

    /// The post that a post quotes, and how sure that is; nil where it quotes nothing of this page.
    func source(of post: PostDraft, among candidates: [Int], bags: [WordBag]) -> (post: Int, confidence: Double)? {
        for merged in post.lines.prefix(40) where merged.line.quoteDepth > 0 {
            let text = QuoteMarks.content(of: merged.line.text)
            if let post = postByLine[PageWords.normalised(text)] { return (post, 0.92) }
            let words = WordBag([String(text)], limit: 200)
            guard words.count >= 3 else { continue }
            // A part of a line: nearly all of its telling words stand in one post.
            var best: (post: Int, shared: Int)?
            for candidate in candidates {
                let shared = words.shared(with: bags[candidate]).count
                if shared > best?.shared ?? 0 { best = (candidate, shared) }
            }
            if let best, best.shared * 10 >= words.count * 8 { return (best.post, 0.8) }
        }
        return nil
    }

    /// Only pages with quotations are asked, but what they quote stands above them: all telling lines are kept.
    mutating func add(_ post: PostDraft, at index: Int) {
        for merged in post.lines where merged.line.quoteDepth == 0 && RepeatedRendering.isTelling(merged.line.text) {
            postByLine[PageWords.normalised(merged.line.text)] = index
        }
    }
}
