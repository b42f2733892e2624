// Reading a query from text and printing it so that it reads back the same.

extension SearchQuery {
    /// Reads a query as people type it. No text is a syntax error.
    ///
    /// - throws: ``ThreadbankError`` with code `query` where a field or date makes no sense, with `^` under the place; also for more
    ///   than 1,000 words, 100 fields, 50 parentheses in each other, or 16 levels of and, or and not.
    public static func parse(_ text: String) throws(ThreadbankError) -> SearchQuery {
        var parser = SearchQueryParser(text)
        return try parser.parse()
    }
}

extension SearchQuery: CustomStringConvertible {
    /// The query in its own language. A `raw` one is its FTS5 expression.
    public var description: String { printed(isInner: false) }

    /// - parameter isInner: whether it stands beside others, so that what is looser needs parentheses.
    private func printed(isInner: Bool) -> String {
        switch self {
        case .everything: ""
        case .nothing: #""""#
        case .raw(let expression): expression
        case .text(let text): text.description
        case .near(let texts, let distance): Self.printed(near: texts, distance)
        case .field(let field): field.description
        case .thread(let query): "thread:{\(query.printed(isInner: false))}"
        case .not(.near(let texts, let distance)): "-(\(Self.printed(near: texts, distance)))"
        case .not(let query): "-" + query.printed(isInner: true)
        case .and(let queries): Self.parenthesized(queries.map { $0.printed(isInner: true) }.joined(separator: " "), isInner)
        case .or(let queries): Self.parenthesized(queries.map { $0.printed(isInner: true) }.joined(separator: " OR "), isInner)
        }
    }

    private static func parenthesized(_ text: String, _ isInner: Bool) -> String { isInner ? "(\(text))" : text }

    private static func printed(near texts: [SearchText], _ distance: Int) -> String {
        let plain = texts.map { SearchText($0.text, isPrefix: $0.isPrefix).description }.joined(separator: " NEAR/\(distance) ")
        return texts.first?.column.map { "\($0.rawValue):(\(plain))" } ?? plain
    }
}

extension SearchText: CustomStringConvertible {
    /// The text in the query language: in quotes unless it is a plain word.
    public var description: String {
        let scalars = text.unicodeScalars
        let isPlain =
            scalars.first?.isWordCharacter == true && scalars.last?.isWordCharacter == true
            && scalars.allSatisfy { $0.isWordCharacter || ".-_'".unicodeScalars.contains($0) }
            && !["OR", "AND", "NOT", "NEAR"].contains(text)
        return (column.map { $0.rawValue + ":" } ?? "") + (isPlain ? text : "\"\(text)\"") + (isPrefix ? "*" : "")
    }
}

extension SearchField: CustomStringConvertible {
    /// The field in the query language: `author:"bob smith"`.
    public var description: String {
        let (name, value) = parts
        let isPlain = value.unicodeScalars.allSatisfy { $0.isWordCharacter || "._-@*/+#!:<>=".unicodeScalars.contains($0) }
        return name.rawValue + ":" + (isPlain ? value : "\"\(value)\"")
    }
}
