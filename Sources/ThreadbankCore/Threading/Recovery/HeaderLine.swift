// A line that heads a post: who wrote it, when, and what it was given.

/// What a header line states.
public struct HeaderLine: Sendable, Equatable {
    /// How the line is built, so that a page can be asked whether it uses that form throughout.
    public enum Form: Sendable, Equatable {
        /// "name 12 points 3 hours ago", "name · 3 hours ago", "by name » DATE": nothing else looks like this.
        case dated
        /// "name wrote:", which a sentence may end in too.
        case wrote
        /// "On DATE, NAME wrote:", which stands above a quotation too.
        case onDate
    }

    public var form: Form
    /// nil where the header shows that the account is gone.
    public var author: String?
    public var score: Int64?
    /// Unix seconds; nil where the header gives an age ("3 hours ago"), which is no date.
    public var createdAt: Int64?

    /// Reads a header line; nil for any other line.
    public init?(_ line: String) {
        guard line.utf8.count <= 160, line.utf8.count >= 4, Self.mayBe(line) else { return nil }
        let tokens = Self.withoutHeading(Self.tokens(line))
        guard tokens.count >= 2, tokens.count <= 24 else { return nil }
        if let wrote = HeaderLine(wrote: tokens) {
            self = wrote
        } else if let dated = HeaderLine(dated: tokens) {
            self = dated
        } else {
            return nil
        }
    }

    /// A header ends in a colon, or holds a number, "ago" or "now": most lines are told apart by this.
    private static func mayBe(_ line: String) -> Bool {
        var bytes = line.utf8.makeIterator()
        var last: UInt8 = 0
        var before: UInt8 = 0
        while let byte = bytes.next() {
            if (0x30...0x39).contains(byte) { return true }
            if byte == UInt8(ascii: "o"), last == UInt8(ascii: "g") && before == UInt8(ascii: "a") || last == UInt8(ascii: "n") {
                return true
            }
            before = last
            last = byte
        }
        return last == UInt8(ascii: ":") || last >= 0x80
    }

    /// What stands between white space; by bytes where none of it can be the space that does not break.
    private static func tokens(_ line: String) -> [String] {
        if line.utf8.contains(0xC2) { return line.split { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }.map(String.init) }
        return line.utf8.split { $0 == 0x20 || $0 == 0x09 }.map { String(Substring($0)) }
    }

    /// Without what Markdown puts around it: "## Post #3 by NAME (DATE)" is "by NAME DATE".
    private static func withoutHeading(_ tokens: [String]) -> [String] {
        guard let marks = tokens.first, marks.count <= 6, marks.allSatisfy({ $0 == "#" }) else { return tokens }
        var rest = tokens.dropFirst().map { String($0.drop { $0 == "(" }.reversed().drop { $0 == ")" }.reversed()) }
        if rest.count > 3, ["post", "comment", "reply", "answer"].contains(rest[0].lowercased()), rest[2] == "by",
            number(String(rest[1].drop { $0 == "#" })) != nil
        {
            rest.removeFirst(2)
        }
        return rest
    }

    private init(_ form: Form, name: String, score: Int64? = nil, createdAt: Int64? = nil) {
        self.form = form
        author = Tombstone.state(of: name) == nil ? name : nil
        self.score = score
        self.createdAt = createdAt
    }

    /// "NAME wrote:", "On DATE, NAME <address> wrote:".
    private init?(wrote tokens: [String]) {
        guard let last = tokens.last, Self.wroteWords.contains(last.lowercased()) else { return nil }
        var head = tokens.dropLast()
        if head.count > 4 || head.first == "On" || head.first == "Am" || head.first == "Le" {
            guard head.first == "On" || head.first == "Am" || head.first == "Le", head.count > 2 else { return nil }
            head = head.dropFirst()
            if let address = head.last, address.hasPrefix("<"), address.hasSuffix(">"), address.contains("@") {
                head = head.dropLast()
            }
            guard let cut = head.lastIndex(where: { $0.hasSuffix(",") || $0 == "at" || $0.contains(":") && PageDate.isTime($0) })
            else { return nil }
            var name = Array(head[(cut + 1)...])
            while let first = name.first, PageDate.isTimeMark(first) { name.removeFirst() }
            guard let author = Self.name(name, most: 5) else { return nil }
            self.init(.onDate, name: author, createdAt: PageDate.seconds(in: Array(head[...cut])))
        } else {
            guard let author = Self.name(Array(head), most: 3), author.first?.isPunctuation == false else { return nil }
            self.init(.wrote, name: author)
        }
    }

    /// A name, then perhaps points, then an age or a date, then perhaps buttons.
    private init?(dated tokens: [String]) {
        guard let time = PageDate.find(in: tokens) else { return nil }
        guard tokens[time.range.upperBound...].allSatisfy({ Self.isTail($0) }) else {
            // "submitted 3 hours ago by name"
            let tail = Array(tokens[time.range.upperBound...])
            guard tail.first == "by", Self.introductions.contains(tokens[0].lowercased()), time.range.lowerBound == 1,
                let author = Self.name(Array(tail.dropFirst()), most: 1)
            else { return nil }
            self.init(.dated, name: author, createdAt: time.seconds)
            return
        }
        var head = Array(tokens[..<time.range.lowerBound])
        var score: Int64?
        var isSeparated = false
        while let last = head.last {
            if Self.isSeparator(last) {
                head.removeLast()
                isSeparated = true
            } else if head.count >= 2, Self.pointWords.contains(last.lowercased()), let points = Self.number(head[head.count - 2])
            {
                score = points
                head.removeLast(2)
                isSeparated = true
            } else if head.count > 1, last.hasSuffix(","), isSeparated == false {
                head[head.count - 1] = String(last.dropLast())
                isSeparated = true
            } else {
                break
            }
        }
        if head.first?.lowercased() == "by", head.count > 1 {
            head.removeFirst()
            isSeparated = true
        }
        while let first = head.first, Self.folds.contains(first) || Self.isSeparator(first) { head.removeFirst() }
        if head.count > 2, head[0].lowercased() == "posted", head[1] == "by" { head.removeFirst(2) }
        guard let author = Self.name(head, most: isSeparated ? 4 : 1) else { return nil }
        self.init(.dated, name: author, score: score, createdAt: time.seconds)
    }

    /// Joins what may be a name; nil for what begins like a sentence.
    private static func name(_ tokens: [String], most: Int) -> String? {
        guard !tokens.isEmpty, tokens.count <= most, !sentenceWords.contains(tokens[0].lowercased()) else { return nil }
        var name = tokens.joined(separator: " ")
        for fold in ["[–]", "[-]", "[+]", "[S]"] where name.hasPrefix(fold) { name.removeFirst(fold.count) }
        for prefix in ["/u/", "u/", "@"] where name.hasPrefix(prefix) && name.count > prefix.count {
            name.removeFirst(prefix.count)
            break
        }
        guard name.count <= 64, name.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        // "Date: 2019-11-12" is a label, and what it says is of no post.
        guard !name.hasSuffix(":"), !name.hasSuffix(":**") else { return nil }
        // A sentence that happens to end in an age.
        guard !name.contains(where: { $0 == "," || $0 == ";" || $0 == "?" || $0 == "!" || $0 == "\"" }) else { return nil }
        return name
    }

    private static func number(_ token: String) -> Int64? {
        Int64(token.filter { $0 != "," }.replacingMinus())
    }

    private static func isSeparator(_ token: String) -> Bool { separators.contains(token) }

    private static func isTail(_ token: String) -> Bool {
        let bare = token.filter { $0.isLetter || $0.isNumber }.lowercased()
        return bare.isEmpty || tails.contains(bare) || Int(bare) != nil
    }

    private static let wroteWords: Set<String> = ["wrote:", "writes:", "said:", "schrieb:", "писал(а):", "написал:", "escribió:"]
    private static let pointWords: Set<String> = [
        "point", "points", "pts", "votes", "vote", "upvotes", "karma", "punkte", "баллов",
    ]
    private static let separators: Set<String> = ["·", "•", "|", "-", "–", "—", "»", "∙", "⋅"]
    private static let folds: Set<String> = ["[–]", "[-]", "[+]", "[S]", "▲", "▼", "*"]
    private static let introductions: Set<String> = ["submitted", "posted", "asked", "answered"]
    private static let tails: Set<String> = [
        "parent", "next", "prev", "root", "edited", "op", "s", "children", "child", "reply", "replies", "permalink", "context",
        "link",
        "favorite", "hide", "past", "flag", "unvote", "on", "comments", "ago", "last", "more", "top", "new", "author", "mod",
    ]
    private static let sentenceWords: Set<String> = [
        "i", "we", "he", "she", "they", "it", "you", "that", "this", "there", "these", "those", "posted", "edited", "submitted",
        "updated",
        "about", "over", "just", "only", "as", "and", "but", "so", "because", "when", "until", "since", "was", "is", "from", "at",
        "in",
        "the", "a", "an", "my", "his", "her", "their", "our", "your", "who", "what", "where", "which", "if", "or", "not", "asked",
        "answered", "modified", "created", "joined", "replied", "last", "first", "like", "some", "almost", "nearly", "maybe",
        "someone",
        "everyone", "somebody", "edit",
    ]
}

extension String {
    /// The text with a typographic minus made plain.
    fileprivate func replacingMinus() -> String { String(map { $0 == "−" || $0 == "–" ? "-" : $0 }) }
}
