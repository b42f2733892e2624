// How the parent of a post is known, in words for people.

extension ReplyBasis {
    /// What the basis is, as it stands after "inferred from" or in brackets: "the wording".
    public var words: String {
        switch self {
        case .native: "the origin"
        case .header: "the mail header"
        case .quote: "a quotation"
        case .mention: "a mention"
        case .indent: "the indentation"
        case .order: "the order of the page"
        case .subject: "the subject line"
        case .text: "the text"
        case .manual: "by hand"
        }
    }
}

extension PostDetails {
    /// How its parent is known, in one sentence without a full stop: "answers p3 (inferred from the text, confidence 0.62: asks
    /// about its wording)".
    public var parentSentence: String {
        guard let reply = post.reply else {
            return post.state == .missing
                ? "a ghost: never seen, and nothing says what it answers" : "a root: nothing says that it answers another post"
        }
        guard let parent = post.parentID else { return "answers nothing (set by hand)" }
        let isGhost = ancestors.last.map { $0.id == parent && $0.state == .missing } ?? false
        return "answers \(parent)\(isGhost ? ", which is not in the archive" : "") (\(reply.sentence(witness: witness)))"
    }
}

extension PostDetails.Claim {
    /// The claim in one sentence: "answers p7 (inferred from a mention, confidence 0.40); it would have closed a cycle".
    public var sentence: String {
        "answers \(parent) (\(reply.sentence(witness: witness)))\(inCycle ? "; it would have closed a cycle" : "")"
    }
}

extension ReplyEvidence {
    /// The confidence with two digits, never rounded up to a certainty: `0.62`.
    public var confidenceText: String {
        let hundredths = confidence >= 1 ? 100 : min(99, max(1, Int((confidence * 100).rounded())))
        return hundredths == 100 ? "1.00" : "0." + (hundredths < 10 ? "0" : "") + String(hundredths)
    }

    func sentence(witness: Post.ID?) -> String {
        let how =
            switch basis {
            case .native: witness.map { "\($0) names it on its way to the root" } ?? "the origin says so"
            case .header: witness.map { "the References of \($0) say so" } ?? "its mail header says so"
            case .manual: "set by hand"
            default: "inferred from \(basis.words), confidence \(confidenceText)"
            }
        guard let evidence, !evidence.isEmpty else { return how }
        return "\(how): \(evidence)"
    }
}
