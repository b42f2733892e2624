// Cuts the merged lines of a page without header lines into posts.

/// Puts a boundary where the page shows one, and where the wording makes one likely.
enum PostSplitter {
    static func posts(_ lines: [MergedLine], levels: Indentation) -> [PostDraft] {
        let isTopic = OpeningPost.sign(in: lines.prefix(6).map(\.line.text)) != nil
        let manner = isTopic ? Continuation.Manner.topic : .answers
        var posts: [PostDraft] = []
        var isAboveGone = false
        for (index, line) in lines.enumerated() {
            let above = index > 0 ? lines[index - 1] : nil
            let isGone = Tombstone.state(of: line.line.text) != nil
            defer { isAboveGone = isGone }
            if above != nil, isGone || isAboveGone {
                posts.append(PostDraft(lines: [line], boundary: tombstoneBoundary(isGone), indent: line.line.indent))
            } else if let above, let boundary = boundary(line, after: above, levels: levels, manner: manner) {
                posts.append(PostDraft(lines: [line], boundary: boundary, indent: line.line.indent))
            } else if above == nil {
                posts.append(PostDraft(lines: [line], indent: line.line.indent))
            } else {
                posts[posts.count - 1].lines.append(line)
            }
        }
        return posts
    }

    private static func tombstoneBoundary(_ isGone: Bool) -> RecoveredBoundary {
        let evidence = isGone ? "a tombstone is a post of its own" : "stands under a tombstone"
        return RecoveredBoundary(basis: "tombstone", confidence: 0.95, evidence: evidence)
    }

    private static func boundary(_ line: MergedLine, after above: MergedLine, levels: Indentation, manner: Continuation.Manner)
        -> RecoveredBoundary?
    {
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
