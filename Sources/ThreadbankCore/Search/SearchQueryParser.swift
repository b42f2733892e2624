// From what a person typed to a query tree. Whatever the text, it means something; only a field, a date or a number can be wrong.

/// The grammar, loosest first:
///
/// ```
/// or    = and { OR and }
/// and   = not { [AND] not }
/// not   = { NOT } near | "-" term
/// near  = term { NEAR/n term }                 where both terms are text
/// term  = "(" or ")" | name ":" value | name ":" "(" or ")" | "thread:{" or "}" | "a phrase" | word | word*
/// ```
///
/// An operator with nothing to join is a word. A term without a letter or digit is left out. Parentheses and quotations that are
/// not closed end with the query. A query of which nothing is left asks for nothing; only one of white space asks for everything.
struct SearchQueryParser {
    /// Beyond these, a query is refused: no person writes one, and SQLite's own limits on expressions are not far off.
    static let maximumGroups = 50
    static let maximumDepth = 16
    static let maximumWords = 1000
    static let maximumFields = 100

    private var scanner: SearchQueryScanner
    private var words = 0
    private var fields = 0
    private var levels = 0

    init(_ text: String) { self.scanner = SearchQueryScanner(text) }

    mutating func parse() throws(ThreadbankError) -> SearchQuery {
        let isBlank = scanner.isBlank
        return try alternatives(in: nil) ?? (isBlank ? .everything : .nothing)
    }

    /// - parameter field: the field whose value is a group: `author:(ann OR bob)`.
    private mutating func alternatives(in field: SearchField.Name?) throws(ThreadbankError) -> SearchQuery? {
        var found: [SearchQuery] = []
        repeat {
            if let query = try conjunction(in: field) { found.append(query) }
        } while scanner.takeOperator("OR")
        return .any(found)
    }

    private mutating func conjunction(in field: SearchField.Name?) throws(ThreadbankError) -> SearchQuery? {
        var found: [SearchQuery] = []
        var isFirst = true
        scanner.skipSpace()
        while !scanner.isAtEnd {
            if !isFirst {
                if scanner.isAtOperator("OR") { break }
                _ = scanner.takeOperator("AND")
            }
            if let query = try negation(in: field) { found.append(query) }
            isFirst = false
            scanner.skipSpace()
        }
        return .all(found)
    }

    private mutating func negation(in field: SearchField.Name?) throws(ThreadbankError) -> SearchQuery? {
        var isNegative = false
        while scanner.takeOperator("NOT") { isNegative.toggle() }
        let query: SearchQuery?
        if scanner.takeMinus() {
            isNegative.toggle()
            query = try term(in: field)
        } else {
            query = try nearness(in: field)
        }
        return isNegative ? query?.negated : query
    }

    private mutating func nearness(in field: SearchField.Name?) throws(ThreadbankError) -> SearchQuery? {
        let first = try term(in: field)
        guard case .text(let text)? = first else { return first }
        var groups: [SearchQuery] = []
        var texts = [text]
        var distance: Int?
        while let next = nextDistance(after: texts[texts.count - 1], in: field) {
            guard case .text(let text)? = try term(in: field) else { continue }
            if let distance, distance != next {
                // FTS5 knows one distance for a group, so another one starts with the text that both share.
                groups.append(.near(texts, distance: distance))
                texts = [texts[texts.count - 1]]
            }
            texts.append(text)
            distance = next
        }
        guard let distance else { return first }
        return .all(groups + [.near(texts, distance: distance)])
    }

    private mutating func nextDistance(after text: SearchText, in field: SearchField.Name?) -> Int? {
        guard text.column == field?.column else { return nil }
        let start = scanner.position
        scanner.skipSpace()
        if let distance = scanner.takeNear() { return distance }
        scanner.move(to: start)
        return nil
    }

    private mutating func term(in field: SearchField.Name?) throws(ThreadbankError) -> SearchQuery? {
        let start = scanner.position
        guard let scalar = scanner.current else { return nil }
        if scalar == "(" { return try group(in: field) }
        if scalar.isSearchQuote {
            let (text, isPrefix) = scanner.quotation()
            return try leaf(field, text, isPrefix: isPrefix, start..<scanner.position)
        }
        if let (typed, value) = scanner.fieldAhead() {
            if let name = SearchField.Name(typed: typed) { return try self.value(of: name, at: value) }
            if isMeantAsField(typed, value) { throw unknownField(typed, start..<value) }
        }
        return try word(in: field)
    }

    private mutating func group(in field: SearchField.Name?) throws(ThreadbankError) -> SearchQuery? {
        let start = scanner.position
        try enterLevel(at: start..<start + 1)
        _ = scanner.take("(")
        scanner.openGroups += 1
        let query = try alternatives(in: field)
        _ = scanner.take(")")
        scanner.openGroups -= 1
        levels -= 1
        guard query?.depth ?? 0 <= Self.maximumDepth else {
            throw .query(
                "AND, OR and NOT stand in each other deeper than \(Self.maximumDepth)", scanner.scalars, at: start..<start + 1)
        }
        return query
    }

    private mutating func enterLevel(at place: Range<Int>) throws(ThreadbankError) {
        guard levels < Self.maximumGroups else {
            throw .query(
                "parentheses stand in each other deeper than \(Self.maximumGroups)", scanner.scalars, at: place)
        }
        levels += 1
    }

    private mutating func value(of name: SearchField.Name, at start: Int) throws(ThreadbankError) -> SearchQuery? {
        let nameStart = scanner.position
        scanner.move(to: start)
        guard let scalar = scanner.current, !scanner.isAtEnd, !scalar.isSearchSpace else {
            throw .query(
                "`\(name.rawValue):` wants its value right behind it; put it in quotes to search for the word",
                scanner.scalars, at: nameStart..<start)
        }
        if scalar == "{", name == .thread { return try thread(at: nameStart) }
        if scalar == "(" { return try group(in: name) }
        if scalar.isSearchQuote {
            let (text, isPrefix) = scanner.quotation()
            return try leaf(name, text, isPrefix: isPrefix, start..<scanner.position)
        }
        return try word(in: name)
    }

    /// A query in braces, about any post of a thread. Empty braces ask nothing.
    private mutating func thread(at nameStart: Int) throws(ThreadbankError) -> SearchQuery? {
        fields += 1
        let place = nameStart..<scanner.position + 1
        guard fields <= Self.maximumFields else {
            throw .query("a query has at most \(Self.maximumFields) fields", scanner.scalars, at: place)
        }
        try enterLevel(at: place)
        let outer = scanner.enterBraces()
        let query = try alternatives(in: nil)
        scanner.leave(outer)
        levels -= 1
        guard query?.depth ?? 0 < Self.maximumDepth else {
            throw .query("AND, OR and NOT stand in each other deeper than \(Self.maximumDepth)", scanner.scalars, at: place)
        }
        return query.map { .thread($0) }
    }

    private mutating func word(in field: SearchField.Name?) throws(ThreadbankError) -> SearchQuery? {
        let start = scanner.position
        var scalars = scanner.bareWord()
        let isText = field == nil || field?.column != nil
        var isPrefix = false
        if isText {
            let tail = scalars.reversed().prefix { !$0.isWordCharacter && !$0.isSpaceless }
            isPrefix = tail.contains("*")
            if isPrefix { scalars.removeLast(tail.count) }
            // In quotes these would be looked for.
            scalars = scalars.drop(while: \.isEastAsianPunctuation)
            while scalars.last?.isEastAsianPunctuation == true { scalars.removeLast() }
        }
        // A mark inside a word ends no quotation: 12"x. In a name it stands for itself, and so can `*`.
        let text = scalars.map { $0.isSearchQuote ? (isText ? " " : "*") : $0 }.spaced
        return try leaf(field, text, isPrefix: isPrefix, start..<scanner.position)
    }

    /// A text, or the value of a field. Returns nil for a text without a letter or digit.
    private mutating func leaf(_ name: SearchField.Name?, _ text: String, isPrefix: Bool, _ place: Range<Int>)
        throws(ThreadbankError) -> SearchQuery?
    {
        if let name, name.column == nil {
            fields += 1
            guard fields <= Self.maximumFields else {
                throw .query("a query has at most \(Self.maximumFields) fields", scanner.scalars, at: place)
            }
            guard !text.isEmpty else { throw .query("`\(name.rawValue):` wants a value", scanner.scalars, at: place) }
            do {
                return try SearchField(name, isPrefix ? text + "*" : text).map { .field($0) }
            } catch {
                throw .query(error.message, scanner.scalars, at: place)
            }
        }
        var wanted = text
        var goesOn = isPrefix
        // `"bread kni*"` is what many write for `"bread kni"*`; the index holds no `*` that it could mean.
        let stars = text.unicodeScalars.reversed().prefix { $0 == "*" }.count
        if stars > 0, text.unicodeScalars.dropLast(stars).last?.isWordCharacter == true {
            wanted.unicodeScalars.removeLast(stars)
            goesOn = true
        }
        let count = wanted.unicodeScalars.wordCount
        words += count
        guard words <= Self.maximumWords else {
            throw .query("a query has at most \(Self.maximumWords) words", scanner.scalars, at: place)
        }
        // Behind a character of a spaceless script anything may follow.
        let last = wanted.unicodeScalars.last { $0.isWordCharacter || $0.isSpaceless }
        return count == 0
            ? nil : .text(SearchText(wanted, isPrefix: goesOn && last?.isSpaceless == false, column: name?.column))
    }
}

extension SearchQueryParser {
    /// Whether `name:` is a field that we do not have. Addresses (`http://`), `std::vector`, `12:30` and `Re:` are text.
    private func isMeantAsField(_ name: String, _ value: Int) -> Bool {
        guard name.utf8.count > 1, name == name.lowercased(), !Self.schemes.contains(name), value < scanner.end else {
            return false
        }
        let scalar = scanner.scalars[value]
        return scalar.isWordCharacter || scalar.isSearchQuote || "(<>=*@".unicodeScalars.contains(scalar)
    }

    private func unknownField(_ name: String, _ place: Range<Int>) -> ThreadbankError {
        let known = SearchField.Name.allCases.map(\.rawValue) + ["by"]
        let close = known.filter { $0.utf8.count > 2 && Self.differ($0, name) <= 2 }
            .min { Self.differ($0, name) < Self.differ($1, name) }
        let hint = close.map { "did you mean `\($0):`" } ?? "the fields are " + known.map { "\($0):" }.joined(separator: " ")
        return .query(
            "there is no field `\(name):`; \(hint), or put it in quotes to search for it as text", scanner.scalars, at: place)
    }

    /// Addresses that have no `//` behind the colon.
    private static let schemes: Set<String> = [
        "mailto", "urn", "doi", "isbn", "news", "data", "tel", "magnet", "geo", "xmpp", "sip", "acct", "arxiv", "sha",
        "localhost", "javascript", "about", "file",
    ]

    /// How many letters have to be put in, left out or changed (Levenshtein).
    private static func differ(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard abs(a.count - b.count) <= 2 else { return 3 }
        var row = Array(0...b.count)
        for i in a.indices {
            var corner = row[0]
            row[0] = i + 1
            for j in b.indices {
                let changed = corner + (a[i] == b[j] ? 0 : 1)
                corner = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
