// The cues by which a line opens a post or goes on with one, as named features for the weights.

struct BoundaryFeatures {
    let cues: [LineCues]
    let lines: [MergedLine]
    let rarity: WordRarity
    /// Lines above this one stand where the other rendering shows the longer answers.
    let coveredEnd: Int
    /// Bytes of a line.
    let meanLength: Int
    /// How the lines are worded; nil where that counts nothing.
    let scores: [ParagraphScores]?

    /// - parameter isTopic: on a topic’s page scores of the wording count nothing; nor do they where the text stands twice, since most
    ///   posts that such a page does not show are short.
    init(_ lines: [MergedLine], isTopic: Bool = false) {
        self.lines = lines
        cues = LineCues.all(lines)
        rarity = WordRarity(cues.lazy.map(\.bag))
        meanLength = cues.reduce(0) { $0 + $1.length } / max(1, cues.count)
        scores = isTopic || lines.contains { $0.standing != .once } ? nil : ParagraphScores.all(cues)
        coveredEnd = lines.lastIndex { $0.standing == .both || $0.standing == .first } ?? -1
    }

    /// The features of a boundary above a line that is not the first.
    func forEach(at index: Int, _ emit: (String, String) -> Void) {
        let line = cues[index]
        let above = cues[index - 1]
        emit("bias", "")
        words(line, emit)
        emit("first", line.first)
        emit("last", line.last)
        emit("above.last", above.last)
        emit("above.first", above.first)
        emit("ends.begins", "\(above.last) \(line.first)")
        lengths(index, emit)
        emit("list", "\(Self.sign(above.isListItem))\(Self.sign(line.isListItem))")
        emit("link", "\(Self.sign(above.isLink))\(Self.sign(line.isLink))")
        emit("code", "\(Self.sign(above.isCode))\(Self.sign(line.isCode))")
        emit("quoted", "\(Self.sign(above.isQuoted))\(Self.sign(line.isQuoted))")
        emit("repeats", "\(Self.sign(above.repeated != nil))\(Self.sign(line.repeated != nil))")
        emit("asks", "\(Self.sign(above.asks))\(Self.sign(line.asks))")
        line.habits.compare(above.habits, emit)
        if index >= 2 { line.habits.compare(cues[index - 2].habits) { emit("two.\($0)", $1) } }
        emit("ends", "\(above.last) \(line.last)")
        emit("begins", "\(above.first) \(line.first)")
        emit("me", "\(Self.sign(above.isInFirstPerson))\(Self.sign(line.isInFirstPerson))")
        emit("to.you", "\(Self.sign(above.speaksToYou))\(Self.sign(line.speaksToYou))")
        emit("sentences", "\(min(above.sentences, 3)) \(min(line.sentences, 3))")
        if let word = line.lastWord { emit("last.word", word) }
        if let word = above.lastWord { emit("above.last.word", word) }
        if let word = above.words.first { emit("above.word", word) }
        emit("page", Self.coarse(meanLength))
        emit("page.length", "\(Self.coarse(meanLength)) \(Self.coarse(line.length))")
        if line.isAddendum { emit("addendum", "") }
        let shared = rarity.weight(ofShared: line.bag, above.bag)
        emit("shared", Self.bucket(shared, [0.5, 3, 6, 10, 15, 22, 32]))
        if index >= 2 {
            let further = rarity.weight(ofShared: line.bag, cues[index - 2].bag)
            emit("shared.two", Self.bucket(further, [0.5, 3, 6, 10, 15, 22, 32]))
        }
        wording(index, emit)
        if index < 4 { emit("place", Self.digits(index)) }
        if lines[index].standing == .second, index < coveredEnd { emit("left.out", "") }
        if index + 1 < cues.count {
            let shared = rarity.weight(ofShared: line.bag, cues[index + 1].bag)
            emit("shared.next", Self.bucket(shared, [0.5, 3, 6, 10, 15, 22, 32]))
            next(cues[index + 1], line, emit)
        }
    }

    private func words(_ line: LineCues, _ emit: (String, String) -> Void) {
        guard let word = line.words.first else { return }
        emit("word", word)
        if line.words.count > 1 { emit("words", "\(word) \(line.words[1])") }
        if let kind = line.opening { emit("opening", "\(kind)") }
        if line.words.prefix(5).contains(where: { PostCues.you.contains($0) }) { emit("you", "") }
        if line.words.count < 6 { emit("count", Self.digits(line.words.count)) }
    }

    private func wording(_ index: Int, _ emit: (String, String) -> Void) {
        guard let scores else { return }
        emit("said", Self.digits(ParagraphScores.bucket(scores[index].opens)))
        let next = index + 1 < scores.count ? Self.digits(ParagraphScores.bucket(scores[index + 1].opens) / 2) : "x"
        emit("said.next", next)
    }

    private func lengths(_ index: Int, _ emit: (String, String) -> Void) {
        let length = Self.magnitude(cues[index].length)
        let above = Self.magnitude(cues[index - 1].length)
        emit("length", length)
        emit("above.length", above)
        emit("lengths", "\(Self.coarse(cues[index - 1].length)) \(Self.coarse(cues[index].length))")
        if index >= 2 { emit("two.above", Self.coarse(cues[index - 2].length)) }
    }

    private func next(_ next: LineCues, _ line: LineCues, _ emit: (String, String) -> Void) {
        emit("next.length", Self.coarse(next.length))
        emit("next.begins", next.first)
        if let word = next.words.first { emit("next.word", word) }
        if next.isListItem, !line.isListItem { emit("heads.list", "") }
        if next.isQuoted { emit("heads.quote", "") }
        if next.repeated != nil { emit("heads.repeat", "") }
    }

    static func sign(_ flag: Bool) -> String { flag ? "y" : "n" }

    /// The power of two, by halves above 16.
    static func magnitude(_ length: Int) -> String {
        var power = 0
        var rest = length
        while rest > 3 {
            rest >>= 1
            power += 1
        }
        return magnitudes[power * 2 + (rest == 3 ? 1 : 0)]
    }

    private static let magnitudes = (0..<64).flatMap { ["\($0)", "\($0)+"] }

    /// Numbers as they are written, small ones ready made.
    static func digits(_ number: Int) -> String { number < written.count ? written[number] : "\(number)" }

    private static let written = (0..<64).map { "\($0)" }

    static func coarse(_ length: Int) -> String {
        length < 30 ? "tiny" : length < 80 ? "short" : length < 180 ? "middle" : length < 400 ? "long" : "huge"
    }

    static func bucket(_ value: Double, _ limits: [Double]) -> String {
        digits(limits.firstIndex { value < $0 } ?? limits.count)
    }
}
