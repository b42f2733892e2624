// Queries made from queries: with leaves replaced, or asked more loosely.

extension SearchQuery {
    /// The query with some leaves (and threads) replaced; what became everything or nothing is worked out. nil keeps a leaf.
    public func replacing(_ replacement: (SearchQuery) -> SearchQuery?) -> SearchQuery {
        switch self {
        case .not(let inner):
            switch inner.replacing(replacement) {
            case .nothing: return .everything
            case .everything: return .nothing
            case let inner: return inner.negated
            }
        case .and(let queries):
            let queries = queries.map { $0.replacing(replacement) }.filter { $0 != .everything }
            return queries.contains(.nothing) ? .nothing : .all(queries) ?? .everything
        case .or(let queries):
            let queries = queries.map { $0.replacing(replacement) }.filter { $0 != .nothing }
            return queries.contains(.everything) ? .everything : .any(queries) ?? .nothing
        default: return replacement(self) ?? self
        }
    }

    /// The same fields and exclusions, but any of the words instead of all of them, those left out that every question has.
    ///
    /// ```swift
    /// try SearchQuery.parse("how do I clean a knife in:kitchen").withAnyWord   // (clean OR knife) in:kitchen
    /// ```
    public var withAnyWord: SearchQuery {
        let members: [SearchQuery] = if case .and(let queries) = self { queries } else { [self] }
        let isWord = { (query: SearchQuery) in
            switch query {
            case .text, .near: true
            case .or(let queries): queries.allSatisfy { if case .text = $0 { true } else { false } }
            default: false
            }
        }
        let words = members.filter(isWord)
        let telling = words.filter { query in
            guard case .text(let text) = query, !text.isPrefix else { return true }
            return !QuestionWords.contains(text.text)
        }
        guard let any = SearchQuery.any(telling.isEmpty ? words : telling) else { return self }
        return .all([any] + members.filter { !isWord($0) }) ?? self
    }
}
