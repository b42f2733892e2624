// The wording of a paragraph as named features: what first, later and last paragraphs of posts are worded like is learned from them.

/// A paragraph's words and marks.
struct ParagraphWords: Sendable {
    /// Lower case, as ``PageWords`` gives them; a number is "0".
    let words: [[UInt8]]
    /// The words of its first sentence and of its last.
    private let head: [[UInt8]]
    private let tail: [[UInt8]]
    private let marks: [UInt8]
    private let length: String
    private let sentences: String
    private let first: [UInt8]
    private let last: [UInt8]
    private let persons: String

    init(_ line: LineCues) {
        words = Self.words(PageWords.head(line.text, bytes: 1_200), limit: 150)
        head = Self.words(Self.firstSentence(of: line.text), limit: 20)
        tail = Self.words(Self.lastSentence(of: line.text), limit: 60).suffix(20)
        marks = Self.marks(in: line.text)
        length = BoundaryFeatures.magnitude(line.length)
        sentences = BoundaryFeatures.digits(min(6, line.sentences))
        first = Array(line.first.utf8)
        last = Array(line.last.utf8)
        persons = "\(BoundaryFeatures.sign(line.isInFirstPerson))\(BoundaryFeatures.sign(line.speaksToYou))"
    }

    /// The features of the paragraph alone, none of them twice.
    func forEach(_ emit: (String, [UInt8]) -> Void) {
        if let word = words.first { emit("w", word) }
        if words.count > 1 { emit("ww", Self.joined(words[0], words[1])) }
        Self.forEachDistinct(head) { emit("head", $0) }
        Self.forEachDistinct(Self.pairs(head)) { emit("pair", $0) }
        Self.forEachDistinct(words) { emit("any", $0) }
        Self.forEachDistinct(tail) { emit("tail", $0) }
        if let word = words.last { emit("end", word) }
        if tail.count > 1 { emit("ends", Self.joined(tail[tail.count - 2], tail[tail.count - 1])) }
        for mark in marks { emit("mark", Array(BoundaryFeatures.digits(Int(mark)).utf8)) }
        emit("length", Array(length.utf8))
        emit("sentences", Array(sentences.utf8))
        emit("first", first)
        emit("last", last)
    }

    /// The features of the paragraph below another.
    func forEach(below above: ParagraphWords, _ emit: (String, [UInt8]) -> Void) {
        emit("bias", [])
        emit("lengths", Self.joined(Array(above.length.utf8), Array(length.utf8)))
        emit("last.first", Self.joined(above.last, first))
        emit("last.last", Self.joined(above.last, last))
        emit("persons", Array("\(above.persons) \(persons)".utf8))
        if let word = words.first {
            if let other = above.words.first { emit("w.w", Self.joined(other, word)) }
            if let other = above.tail.last, WordBag.hash(of: other[...]) == nil { emit("end.w", Self.joined(other, word)) }
            emit("last.w", Self.joined(above.last, word))
            emit("above.length.w", Self.joined(Array(above.length.utf8), word))
            emit("length.w", Self.joined(Array(length.utf8), word))
        }
        let others = Set(above.words)
        var shared = 0
        Self.forEachDistinct(words.filter(others.contains)) { word in
            if WordBag.hash(of: word[...]) == nil { emit("both", word) } else { shared += 1 }
        }
        emit("shared", Array(BoundaryFeatures.digits(min(5, shared)).utf8))
    }

    private static func joined(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] { a + [0x20] + b }

    private static func pairs(_ words: [[UInt8]]) -> [[UInt8]] { zip(words, words.dropFirst()).map { joined($0, $1) } }

    private static func forEachDistinct(_ values: [[UInt8]], _ body: ([UInt8]) -> Void) {
        var seen = Set<[UInt8]>(minimumCapacity: values.count)
        for value in values where seen.insert(value).inserted { body(value) }
    }

    private static func words(_ text: Substring, limit: Int) -> [[UInt8]] {
        var words: [[UInt8]] = []
        PageWords.forEachWord(in: text) { word in
            words.append(word.allSatisfy { (0x30...0x39).contains($0) } ? [0x30] : Array(word))
            return words.count < limit
        }
        return words
    }

    /// Up to a full stop, question or exclamation mark that white space follows.
    private static func firstSentence(of text: String) -> Substring {
        let bytes = text.utf8
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let next = bytes.index(after: index)
            if isStop(bytes[index]), next < bytes.endIndex, bytes[next] == 0x20 { return text[..<next] }
            index = next
        }
        return text[...]
    }

    private static func lastSentence(of text: String) -> Substring {
        let part = PageWords.tail(text, bytes: 400)
        let bytes = part.utf8
        var index = bytes.endIndex
        var below: UInt8 = 0
        while index > bytes.startIndex {
            index = bytes.index(before: index)
            if isStop(bytes[index]), below == 0x20 { return part[bytes.index(after: index)...] }
            below = bytes[index]
        }
        return part
    }

    private static func isStop(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x21 || byte == 0x3F }

    /// The ASCII marks that stand in a text, in the order of their codes.
    private static func marks(in text: String) -> [UInt8] {
        var found: (low: UInt64, high: UInt64) = (0, 0)
        for byte in text.utf8 {
            if byte < 64 { found.low |= 1 << UInt64(byte) } else if byte < 128 { found.high |= 1 << UInt64(byte - 64) }
        }
        return (UInt8(0x21)..<0x7F).filter { mark in
            guard (mark < 64 ? found.low >> UInt64(mark) : found.high >> UInt64(mark - 64)) & 1 == 1 else { return false }
            return !(0x30...0x39).contains(mark) && !(0x41...0x5A).contains(mark) && !(0x61...0x7A).contains(mark)
        }
    }
}
