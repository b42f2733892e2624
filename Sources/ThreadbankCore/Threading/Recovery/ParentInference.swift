// Which post each post answers: stated cues first, then the page's order and the wording.

/// Infers parents in one pass down the page.
///
/// A page in reading order is a depth-first walk of its reply tree, so a post can only answer the one above it or one of that
/// post's ancestors; a page in the order of time (its opening post is shown, nothing is set in) allows any earlier post. At most
/// ``reach`` of them are weighed, so the pass is linear in the page.
struct ParentInference {
    static let reach = 24

    let posts: [PostDraft]
    let cues: [PostCues]
    let rarity: WordRarity
    let authors: [Int: RecoveredAuthor]
    let opening: OpeningPost.Finding
    let levels: Indentation
    /// Whether any earlier post may be the parent.
    private let isInOrderOfTime: Bool
    /// Parents found so far.
    private(set) var parents: [RecoveredParent] = []
    private var quotes = QuoteIndex()
    private var latestByAuthor: [String: Int] = [:]

    init(
        posts: [PostDraft], cues: [PostCues], rarity: WordRarity, authors: [Int: RecoveredAuthor], opening: OpeningPost.Finding,
        levels: Indentation
    ) {
        self.posts = posts
        self.cues = cues
        self.rarity = rarity
        self.authors = authors
        self.opening = opening
        self.levels = levels
        isInOrderOfTime = opening.isShown && !posts.contains { $0.header != nil }
    }

    /// The parents of all posts.
    mutating func run() -> [RecoveredParent] {
        parents.reserveCapacity(posts.count)
        let setIn = levels.areReplies ? Indentation.parents(posts.map(\.indent)) : nil
        var weighing = ParentWeighing(
            ParentFeatures(posts, cues: cues, rarity: rarity, names: posts.indices.map { name($0) }, opening: openingIndex),
            posts: posts, isInOrderOfTime: isInOrderOfTime)
        for index in posts.indices {
            if let stated = stated(index, setIn: setIn) {
                parents.append(stated)
                weighing.take(index, below: stated.index)
            } else {
                parents.append(weighing.parent(of: index))
            }
            quotes.add(posts[index], at: index)
            if let name = name(index) { latestByAuthor[name] = index }
        }
        return parents
    }

    /// The author's name in lower case, stated or inferred.
    func name(_ index: Int) -> String? { (posts[index].header?.author ?? authors[index]?.name)?.lowercased() }

    func isTombstone(_ index: Int) -> Bool { cues[index].state != nil }

    /// What a post answers that answers the opening post: the first post where that is shown, else nil.
    var openingIndex: Int? { opening.isShown ? 0 : nil }

    /// The posts that the next one may answer, nearest first.
    func candidates(for index: Int) -> [Int] {
        if isInOrderOfTime {
            let recent = Array((max(0, index - Self.reach)..<index).reversed())
            return recent.last == 0 ? recent : recent + [0]
        }
        var open: [Int] = []
        var next: Int? = index - 1
        while let post = next, open.count < Self.reach {
            open.append(post)
            next = parents[post].index
        }
        return open
    }

    /// What the page states of a post's parent, by indents, names, quotations, thanks; nil where it states nothing.
    private func stated(_ index: Int, setIn: [Int?]?) -> RecoveredParent? {
        guard index > 0 else {
            return RecoveredParent(
                index: nil, basis: .order, confidence: 0.85,
                evidence: opening.isShown ? "the opening post" : "the first answer of a page answers its opening post")
        }
        if let setIn {
            guard let parent = setIn[index] else {
                return RecoveredParent(
                    index: openingIndex, basis: .indent, confidence: 0.8, evidence: "not set in: answers the opening post")
            }
            return RecoveredParent(
                index: parent, basis: .indent, confidence: 0.88, evidence: "set in below the page’s post \(parent + 1)")
        }
        return addressed(index) ?? quoted(index) ?? besides(index) ?? thanking(index)
    }

    /// "@name …": the latest post of that name.
    private func addressed(_ index: Int) -> RecoveredParent? {
        for mention in cues[index].mentions where mention.manner == .called && mention.isAddress {
            guard let post = latestByAuthor[mention.name.lowercased()] else { continue }
            return RecoveredParent(
                index: post, basis: .mention, confidence: 0.85,
                evidence: "speaks to @\(mention.name), who wrote the page’s post \(post + 1)"
            )
        }
        return nil
    }

    /// "> words": the post that said them.
    private func quoted(_ index: Int) -> RecoveredParent? {
        guard posts[index].lines.contains(where: { $0.line.quoteDepth > 0 }) else { return nil }
        guard let quote = quotes.source(of: posts[index], among: candidates(for: index), cues: cues) else { return nil }
        // Sure as the source may be, the edge is right only where both posts are cut right.
        let certainty = posts[index].certainty * posts[quote.post].certainty
        return RecoveredParent(
            index: quote.post, basis: .quote, confidence: max(0.02, quote.confidence * certainty),
            evidence: "quotes the page’s post \(quote.post + 1)")
    }

    /// "As @name mentioned": an answer beside that of @name, to the same post.
    private func besides(_ index: Int) -> RecoveredParent? {
        for mention in cues[index].mentions where mention.manner == .referred {
            guard let other = latestByAuthor[mention.name.lowercased()], other > 0 else { continue }
            let parent = parents[other].index
            let weight = parent.map { rarity.weight(ofShared: cues[index].bag, cues[$0].bag) } ?? 0
            let asked = parent.map { "the page’s post \($0 + 1)" } ?? "the opening post"
            return RecoveredParent(
                index: parent, basis: .mention, confidence: weight > 2 ? 0.7 : 0.55,
                evidence:
                    "refers to @\(mention.name), who wrote the page’s post \(other + 1), as to another answer; so answers \(asked) like it"
            )
        }
        return nil
    }

    /// Thanks: for an explanation to the longest open post, else to the nearest that is not gone.
    private func thanking(_ index: Int) -> RecoveredParent? {
        guard posts[index].lines.count <= 2, cues[index].opening == .thanks || cues[index].opening == .thanksForExplanation else {
            return nil
        }
        let open = candidates(for: index)
        switch cues[index].opening {
        case .thanksForExplanation:
            // The walk may have closed it in error: then the nearer posts are asked, open or not.
            let above = open.contains { cues[$0].length >= 200 } ? open : Array((max(0, index - 8)..<index).reversed())
            guard let longest = above.max(by: { cues[$0].length < cues[$1].length }), cues[longest].length >= 200 else { break }
            return RecoveredParent(
                index: longest, basis: .text, confidence: 0.65,
                evidence: "thanks for an explanation; the page’s post \(longest + 1) is the longest above")
        case .thanks: break
        default: return nil
        }
        guard
            let nearest = open.first(where: {
                !isTombstone($0) && name($0) != name(index) || !isTombstone($0) && name(index) == nil
            })
        else { return nil }
        return RecoveredParent(index: nearest, basis: .order, confidence: 0.55, evidence: "thanks go to the post above")
    }
}
