// Cuts the merged lines of a page without header lines into posts.

/// Puts a boundary where the page shows one, and where the wording makes one likely.
struct PostSplitter {
    let lines: [MergedLine]
    let isTopic: Bool
    let hasParagraphsOfLines: Bool
    /// The levels to which paragraphs are set in.
    let levels: Indentation

    init(_ lines: [MergedLine]) {
        self.lines = lines
        isTopic = PageFeatures.isTopic(lines)
        let hasParagraphsOfLines = PageLine.haveParagraphsOfLines(lines.lazy.map(\.line))
        let first = hasParagraphsOfLines ? lines.filter { $0.line.followsBlank || $0.line.number == lines[0].line.number } : lines
        levels = Indentation(first.map(\.line.indent))
        self.hasParagraphsOfLines = hasParagraphsOfLines
    }

    func posts() -> [PostDraft] {
        let known = lines.indices.map { $0 == 0 ? nil : self.shown(above: $0) }
        let marks = known.map { $0.map { $0.boundary == nil ? BoundaryModel.Shown.joined : .open } ?? .unknown }
        return BoundaryModel(lines, shown: marks, isTopic: isTopic).runs().map { run in
            let start = run.lines.lowerBound
            let boundary = start == 0 ? nil : known[start]?.boundary ?? inferred(start, run.opening)
            var post = PostDraft(lines: Array(lines[run.lines]), boundary: boundary, indent: lines[start].line.indent)
            post.hasParagraphsOfLines = hasParagraphsOfLines
            post.certainty = run.confidence
            return post
        }
    }

    /// What the page itself shows above a line: a boundary, or that there is none; nil where it shows nothing.
    private func shown(above index: Int) -> (boundary: RecoveredBoundary?, Void)? {
        let line = lines[index]
        let above = lines[index - 1]
        let isGone = Tombstone.state(of: line.line.text) != nil
        if isGone || Tombstone.state(of: above.line.text) != nil { return (tombstoneBoundary(isGone), ()) }
        switch (above.standing, line.standing) {
        case (.second, .both), (.second, .first):
            return (
                RecoveredBoundary(
                    basis: "rendering", confidence: 0.9, evidence: "the other rendering goes on here without the line above"), ()
            )
        case (.both, .second), (.first, .second):
            return (
                RecoveredBoundary(
                    basis: "rendering", confidence: 0.9, evidence: "stands in one rendering only, the line above in both"), ()
            )
        case (.both, .both), (.both, .first), (.first, .both), (.first, .first): return (nil, ())
        default: break
        }
        if hasParagraphsOfLines, !line.line.followsBlank || Continuation.score(line.line, after: above.line) > 0 {
            return (nil, ())
        }
        if levels.areReplies, line.line.indent != above.line.indent {
            return (
                RecoveredBoundary(basis: "indent", confidence: 0.85, evidence: "set in differently from the line above"), ()
            )
        }
        // The weights were learned on lines that are paragraphs.
        if hasParagraphsOfLines { return (inferred(index, 0.5), ()) }
        return nil
    }

    /// A boundary that the wording speaks for.
    private func inferred(_ index: Int, _ likelihood: Double) -> RecoveredBoundary {
        let confidence = min(0.98, max(0.02, likelihood))
        guard let kind = Openings.kind(of: lines[index].line.text) else {
            return RecoveredBoundary(
                basis: "order", confidence: confidence, evidence: "a paragraph of its own, and little ties it to the one above")
        }
        let evidence =
            switch kind {
            case .thanks, .thanksForExplanation: "thanks open a post"
            case .assent: "agreement or its contrary opens a post"
            case .greeting: "a greeting opens a post"
            }
        return RecoveredBoundary(basis: "opening", confidence: confidence, evidence: evidence)
    }

    private func tombstoneBoundary(_ isGone: Bool) -> RecoveredBoundary {
        let evidence = isGone ? "a tombstone is a post of its own" : "stands under a tombstone"
        return RecoveredBoundary(basis: "tombstone", confidence: 0.95, evidence: evidence)
    }
}

extension PostSplitter {
    /// "open" or "join" where the page itself shows it: for the trainer of the weights.
    func forced(_ index: Int) -> String? {
        guard index > 0, let known = shown(above: index) else { return index == 0 ? "open" : nil }
        return known.boundary == nil ? "join" : "open"
    }
}
