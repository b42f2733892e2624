// Cues of a whole run of lines that may be one post, as named features for the weights.

/// Grows a run line by line.
struct SegmentFeatures {
    private let page: BoundaryFeatures
    private let start: Int
    private var bytes = 0
    private var least = Int.max
    private var cohesion = 0.0
    /// Whether a line above asks something.
    private var hasAsked = false

    init(_ page: BoundaryFeatures, start: Int) {
        self.page = page
        self.start = start
    }

    /// Takes the line up and gives the features of the run that ends in it.
    mutating func extend(to index: Int, _ emit: (String, String) -> Void) {
        let line = page.cues[index]
        bytes += line.length
        least = min(least, line.length)
        let count = index - start + 1
        if count > 1 { cohesion += min(20, page.rarity.weight(ofShared: line.bag, page.cues[index - 1].bag)) }
        let lines =
            count < 9 ? BoundaryFeatures.digits(count) : count < 13 ? "9-12" : count < 21 ? "13-20" : count < 33 ? "21-32" : "33-"
        emit("lines", lines)
        emit("page.lines", "\(BoundaryFeatures.coarse(page.meanLength)) \(min(count, 4))")
        emit("bytes", "\(count == 1 ? "one" : count < 5 ? "few" : "many") \(BoundaryFeatures.magnitude(bytes))")
        wording(to: index, emit)
        if count > 1 {
            emit("cohesion", BoundaryFeatures.bucket(cohesion / Double(count - 1), [0.5, 2, 4, 6, 9, 13]))
            let first = page.cues[start]
            emit(
                "first.last", "\(min(count, 4)) \(BoundaryFeatures.coarse(first.length)) \(BoundaryFeatures.coarse(line.length))")
            line.habits.compare(first.habits) { emit($0, $1) }
            emit("least", BoundaryFeatures.coarse(least))
            emit("closes", line.last)
            if line.isLink { emit("closes.link", "") }
        }
        if start == 0 {
            emit("opening.post", lines)
            openingPost(to: index, emit)
        }
    }

    private func wording(to index: Int, _ emit: (String, String) -> Void) {
        guard let scores = page.scores else { return }
        if index == start {
            emit("whole", BoundaryFeatures.digits(ParagraphScores.bucket(scores[index].whole)))
        } else {
            emit("opening", BoundaryFeatures.digits(ParagraphScores.bucket(scores[start].first)))
            emit("closing", BoundaryFeatures.digits(ParagraphScores.bucket(scores[index].last)))
        }
    }

    /// What tells that the page's first post ends in the line: on a topic's page it is a question or a letter with a close of its own,
    /// and the one below speaks to its author.
    private mutating func openingPost(to index: Int, _ emit: (String, String) -> Void) {
        let line = page.cues[index]
        emit("opens.last", line.last)
        emit("opens.length", "\(BoundaryFeatures.coarse(line.length)) \(min(index, 6))")
        if let word = line.lastWord { emit("opens.last.word", word) }
        let words = PageWords.words(of: line.text.prefix(600), limit: 80)
        if words.contains(where: Self.closing.contains) { emit("opens.closes", "") }
        emit("opens.asks", line.text.contains("?") ? "here" : hasAsked ? "before" : "never")
        if line.text.contains("?") { hasAsked = true }
        guard index + 1 < page.cues.count else { return }
        let next = page.cues[index + 1]
        if let word = next.words.first { emit("opens.next.word", word) }
        if next.first == "@" || next.words.first.map(Self.greetings.contains) == true { emit("opens.next.greets", "") }
        if next.words.contains(where: PostCues.you.contains) { emit("opens.next.you", "") }
    }

    private static let closing: Set<String> = [
        "thanks", "thank", "help", "advance", "cheers", "regards", "danke", "спасибо", "谢谢",
    ]
    private static let greetings: Set<String> = ["hi", "hello", "hey", "hallo", "привет"]
}
