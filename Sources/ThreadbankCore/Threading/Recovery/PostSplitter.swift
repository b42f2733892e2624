// Cuts the merged lines of a page without header lines into posts.

/// Puts a boundary where the page shows one, and where the wording makes one likely.
struct PostSplitter {
    private let lines: [MergedLine]
    private let manner: Continuation.Manner
    private let hasParagraphsOfLines: Bool
    /// The levels to which paragraphs are set in.
    let levels: Indentation

    init(_ lines: [MergedLine]) {
        self.lines = lines
        manner = OpeningPost.sign(in: lines.prefix(6).map(\.line.text)) == nil ? .answers : .topic
        let hasParagraphsOfLines = PageLine.haveParagraphsOfLines(lines.lazy.map(\.line))
        let first = hasParagraphsOfLines ? lines.filter { $0.line.followsBlank || $0.line.number == lines[0].line.number } : lines
        levels = Indentation(first.map(\.line.indent))
        self.hasParagraphsOfLines = hasParagraphsOfLines
    }

    func posts() -> [PostDraft] {
        var posts: [PostDraft] = []
        var isAboveGone = false
        func open(_ line: MergedLine, _ boundary: RecoveredBoundary?) {
            var post = PostDraft(lines: [line], boundary: boundary, indent: line.line.indent)
            post.hasParagraphsOfLines = hasParagraphsOfLines
            posts.append(post)
        }
        for (index, line) in lines.enumerated() {
            let above = index > 0 ? lines[index - 1] : nil
            let isGone = Tombstone.state(of: line.line.text) != nil
            defer { isAboveGone = isGone }
            if above != nil, isGone || isAboveGone {
                open(line, tombstoneBoundary(isGone))
            } else if let above, let boundary = boundary(line, after: above) {
                open(line, boundary)
            } else if above == nil {
                open(line, nil)
            } else {
                posts[posts.count - 1].lines.append(line)
            }
        }
        return posts
    }

    private func tombstoneBoundary(_ isGone: Bool) -> RecoveredBoundary {
        let evidence = isGone ? "a tombstone is a post of its own" : "stands under a tombstone"
        return RecoveredBoundary(basis: "tombstone", confidence: 0.95, evidence: evidence)
    }

    private func boundary(_ line: MergedLine, after above: MergedLine) -> RecoveredBoundary? {
        switch (above.standing, line.standing) {
        case (.second, .both), (.second, .first):
            return RecoveredBoundary(
                basis: "rendering", confidence: 0.9, evidence: "the other rendering goes on here without the line above")
        case (.both, .second), (.first, .second):
            return RecoveredBoundary(
                basis: "rendering", confidence: 0.9, evidence: "stands in one rendering only, the line above in both")
        case (.both, .both), (.both, .first), (.first, .both), (.first, .first):
            return nil
        default: break
        }
        if hasParagraphsOfLines, !line.line.followsBlank { return nil }
        if levels.areReplies, line.line.indent != above.line.indent {
            return RecoveredBoundary(basis: "indent", confidence: 0.85, evidence: "set in differently from the line above")
        }
        if line.line.quoteDepth == 0, above.line.quoteDepth == 0, let kind = Openings.kind(of: line.line.text) {
            switch kind {
            case .thanks, .thanksForExplanation:
                return RecoveredBoundary(basis: "opening", confidence: 0.8, evidence: "thanks open a post")
            case .assent:
                return RecoveredBoundary(basis: "opening", confidence: 0.7, evidence: "agreement or its contrary opens a post")
            case .greeting: return RecoveredBoundary(basis: "opening", confidence: 0.7, evidence: "a greeting opens a post")
            }
        }
        if Continuation.score(line.line, after: above.line, manner: manner) > 0 { return nil }
        return RecoveredBoundary(
            basis: "order", confidence: 0.5, evidence: "a paragraph of its own, and nothing ties it to the one above")
    }
}
