// The cues by which a post answers another one, as named features for the weights.

struct ParentFeatures {
    let posts: [PostDraft]
    let cues: [PostCues]
    let rarity: WordRarity
    /// Stated names, in lower case.
    let names: [String?]
    /// How many words each post shares at most with one of those above it.
    let most: [Double]
    /// The latest post above that is by the same author.
    let own: [Int?]
    /// The opening post, where the page shows it.
    let opening: Int?
    private let repeats: [Int: Set<Int>]
    static let reach = 24

    init(_ posts: [PostDraft], cues: [PostCues], rarity: WordRarity, names: [String?], opening: Int?) {
        self.posts = posts
        self.cues = cues
        self.rarity = rarity
        self.names = names
        self.opening = opening
        most = posts.indices.map { index in
            (max(0, index - Self.reach)..<index).reduce(0) { max($0, rarity.weight(ofShared: cues[index].bag, cues[$1].bag)) }
        }
        var latest: [String: Int] = [:]
        own = names.enumerated().map { index, name in
            guard let name else { return nil }
            defer { latest[name] = index }
            return latest[name]
        }
        repeats = Self.repeats(posts)
    }

    /// For each post those above in which a line of it was said before.
    private static func repeats(_ posts: [PostDraft]) -> [Int: Set<Int>] {
        var said = SaidSentences()
        var repeats: [Int: Set<Int>] = [:]
        for (index, post) in posts.enumerated() {
            let texts = post.lines.map { String(QuoteMarks.content(of: $0.line.text)) }
            for text in texts { if let source = said.line(beginningLike: text) { repeats[index, default: []].insert(source) } }
            for (text, line) in zip(texts, post.lines) where line.line.quoteDepth == 0 { said.add(text, line: index) }
        }
        return repeats
    }

    /// Where a parent stands, as far as most features care.
    enum Place: String, CaseIterable, Sendable { case root, above, upper }

    /// All features of a post's answering another one, or with nil the opening post that the page does not show.
    func forEach(_ index: Int, answers parent: Int?, _ emit: (String, String) -> Void) {
        forEach(index, at: place(index, parent), emit)
        forEach(index, pair: parent, emit)
    }

    /// The features that all parents at one place have in common.
    func forEach(_ index: Int, at place: Place, _ emit: (String, String) -> Void) {
        let child = cues[index]
        let at = place.rawValue
        emit("word", "\(at) \(child.firstWord)")
        if let opening = child.opening { emit("opening", "\(at) \(opening)") }
        emit("length", "\(at) \(BoundaryFeatures.magnitude(child.length))")
        emit("asks", "\(at) \(BoundaryFeatures.sign(child.asks))")
        if child.speaksToYou { emit("you", at) }
        if child.state != nil { emit("gone", at) }
        if child.firstIsSmall { emit("small", at) }
        emit("most.shared", "\(at) \(BoundaryFeatures.bucket(most[index], [0.5, 3, 6, 10, 15, 22, 32]))")
        above(index, at, emit)
        if index < 6 { emit("index", "\(at) \(index)") }
        // How long the page is, by powers of two, and which fourth of it the post stands in: long pages have deep branches.
        emit("posts", "\(at) \(BoundaryFeatures.digits(Int.bitWidth - posts.count.leadingZeroBitCount))")
        emit("part", "\(at) \(4 * index / posts.count)")
        wording(child, at, emit)
    }

    /// What a post's own words tell of whether it goes on or begins anew.
    private func wording(_ child: PostCues, _ at: String, _ emit: (String, String) -> Void) {
        emit("questions", "\(at) \(BoundaryFeatures.sign(child.holdsQuestion))")
        emit("me", "\(at) \(BoundaryFeatures.sign(child.isInFirstPerson))")
        emit("says.you", "\(at) \(BoundaryFeatures.sign(child.saysYou))")
        if child.pointsBack { emit("points.back", at) }
        emit("words", "\(at) \(child.words)")
        emit("paragraphs", "\(at) \(min(child.paragraphs, 4))")
        emit("ends", "\(at) \(child.ends)")
    }

    /// The features of one parent.
    func forEach(_ index: Int, pair parent: Int?, _ emit: (String, String) -> Void) {
        let place = place(index, parent)
        let at = place.rawValue
        emit("place", place == .root ? at : Self.distance(index - (parent ?? 0)))
        if let parent { answer(index, parent, at, emit) }
        authors(index, parent, at, emit)
        points(index, parent, emit)
    }

    /// What the post right above tells of whether the branch goes on.
    private func above(_ index: Int, _ at: String, _ emit: (String, String) -> Void) {
        guard index > 0 else { return }
        let above = cues[index - 1]
        let child = cues[index]
        emit("above.length", "\(at) \(BoundaryFeatures.magnitude(above.length))")
        emit("above.lengths", "\(at) \(BoundaryFeatures.coarse(above.length)) \(BoundaryFeatures.coarse(child.length))")
        if above.state != nil { emit("above.gone", at) }
        if above.asks { emit("above.asks", "\(at) \(BoundaryFeatures.sign(child.asks))") }
        if let opening = above.opening { emit("above.opening", "\(at) \(opening)") }
        emit("above.word", "\(at) \(above.firstWord)")
        emit("above.ends", "\(at) \(above.ends)")
        emit("above.paragraphs", "\(at) \(min(above.paragraphs, 3)) \(min(child.paragraphs, 3))")
        emit("above.small", "\(at) \(BoundaryFeatures.sign(above.firstIsSmall))\(BoundaryFeatures.sign(child.firstIsSmall))")
        emit("above.you", "\(at) \(BoundaryFeatures.sign(above.saysYou))\(BoundaryFeatures.sign(child.saysYou))")
    }

    private func answer(_ index: Int, _ parent: Int, _ at: String, _ emit: (String, String) -> Void) {
        let child = cues[index]
        let asked = cues[parent]
        let shared = rarity.weight(ofShared: child.bag, asked.bag)
        emit("shared", "\(at) \(BoundaryFeatures.bucket(shared, [0.5, 3, 6, 10, 15, 22, 32]))")
        if shared > 3, shared == most[index] { emit("best.shared", at) }
        emit("parent.length", "\(at) \(BoundaryFeatures.magnitude(asked.length))")
        if asked.asks { emit("parent.asks", "\(at) \(BoundaryFeatures.sign(child.asks))") }
        if asked.state != nil { emit("parent.gone", at) }
        if let opening = asked.opening { emit("parent.opening", "\(at) \(opening)") }
        if repeats[index]?.contains(parent) == true { emit("repeats", "") }
        emit("parent.lengths", "\(at) \(BoundaryFeatures.coarse(asked.length)) \(BoundaryFeatures.coarse(child.length))")
        func both(_ name: String, _ asked: Bool, _ child: Bool) {
            emit(name, "\(at) \(BoundaryFeatures.sign(asked))\(BoundaryFeatures.sign(child))")
        }
        both("parent.questions", asked.holdsQuestion, child.holdsQuestion)
        both("parent.you", asked.saysYou, child.isInFirstPerson)
        both("parent.me", asked.isInFirstPerson, child.saysYou)
    }

    private func authors(_ index: Int, _ parent: Int?, _ at: String, _ emit: (String, String) -> Void) {
        guard let name = names[index] else { return }
        emit("named", at)
        guard let own = own[index] else { return emit("first.word", at) }
        emit("own", "\(at) \(Self.distance(index - own))")
        guard let parent else { return }
        if names[parent] == name { emit("same.author", at) }
        if parent > own { emit("behind.own", parent == own + 1 ? "next" : "later") }
        if parent < own { emit("before.own", at) }
        if parent > 0, names[parent - 1] == name { emit("answers.answer", at) }
        for mention in cues[index].mentions where mention.name.lowercased() == names[parent] { emit("calls", "") }
    }

    private func points(_ index: Int, _ parent: Int?, _ emit: (String, String) -> Void) {
        guard index > 0, let own = posts[index].header?.score, let above = posts[index - 1].header?.score else { return }
        emit("points.above", "\(place(index, parent).rawValue) \(Self.ratio(own, above))")
        if let parent, let asked = posts[parent].header?.score { emit("points", Self.ratio(own, asked)) }
    }

    /// The features of a post's standing under one that answers the same; nil where it is the first answer.
    func forEach(_ index: Int, besides sibling: Int?, atRoot: Bool, _ emit: (String, String) -> Void) {
        let level = atRoot ? "root" : "inner"
        guard let sibling else { return emit("first.answer", level) }
        emit("sibling", "\(level) \(Self.distance(index - sibling))")
        if names[index] != nil, names[index] == names[sibling] { emit("sibling.author", level) }
        if let own = posts[index].header?.score, let other = posts[sibling].header?.score {
            emit("sibling.points", "\(level) \(Self.ratio(own, other))")
        }
        let shared = rarity.weight(ofShared: cues[index].bag, cues[sibling].bag)
        emit("sibling.shared", "\(level) \(BoundaryFeatures.bucket(shared, [0.5, 6, 15]))")
    }

    func place(_ index: Int, _ parent: Int?) -> Place {
        guard let parent, parent != opening else { return .root }
        return parent == index - 1 ? .above : .upper
    }

    static func distance(_ steps: Int) -> String {
        steps < 5 ? "\(steps)" : steps < 7 ? "5-6" : steps < 10 ? "7-9" : steps < 15 ? "10-14" : steps < 25 ? "15-24" : "25-"
    }

    private static func ratio(_ own: Int64, _ other: Int64) -> String {
        if own == other { return "same" }
        let (a, b) = (Double(max(own, 0)) + 1, Double(max(other, 0)) + 1)
        return own > other ? (a > 4 * b ? "far.more" : "more") : (b > 4 * a ? "far.less" : "less")
    }
}
