// From query texts to FTS5 expressions. Every text stands in quotes, so nothing that a person types is FTS5's syntax.

internal import ThreadbankCore

/// The parts of a query that FTS5 answers by itself: texts under and, or, and a `not` beside something that is wanted.
enum SearchMatch {
    /// The FTS5 expression of a whole query; nil where it holds fields, or excludes without wanting anything.
    static func expression(_ query: SearchQuery) -> String? {
        switch query {
        case .text(let text): return column(of: text) + phrase(text)
        case .near(let texts, let distance):
            guard let first = texts.first else { return nil }
            return column(of: first) + "NEAR(" + texts.map(phrase).joined(separator: " ") + ", \(distance))"
        case .raw(let expression): return expression
        case .or(let queries):
            let parts = queries.compactMap(inner)
            return parts.count == queries.count ? parts.joined(separator: " OR ") : nil
        case .and(let queries):
            let (match, rest) = split(queries)
            return rest.isEmpty ? match : nil
        case .everything, .nothing, .field, .not: return nil
        }
    }

    /// Joins with or the parts that FTS5 knows; nil where there are none.
    static func any(_ queries: [SearchQuery]) -> String? {
        let parts = queries.compactMap(inner)
        return parts.isEmpty ? nil : parts.joined(separator: " OR ")
    }

    /// Splits the members of an `and` into what FTS5 answers in one expression, and the rest.
    static func split(_ queries: [SearchQuery]) -> (match: String?, rest: [SearchQuery]) {
        var wanted: [String] = []
        var excluded: [String] = []
        var rest: [SearchQuery] = []
        for query in queries {
            if let part = inner(query) {
                wanted.append(part)
            } else if case .not(let opposite) = query, let part = inner(opposite) {
                excluded.append(part)
            } else {
                rest.append(query)
            }
        }
        guard !wanted.isEmpty else { return (nil, queries) }
        let match = wanted.joined(separator: " AND ")
        return (excluded.isEmpty ? match : "(\(match)) NOT (\(excluded.joined(separator: " OR ")))", rest)
    }

    /// An expression to be joined to others.
    private static func inner(_ query: SearchQuery) -> String? {
        switch query {
        case .and, .or, .raw: expression(query).map { "(\($0))" }
        default: expression(query)
        }
    }

    private static func phrase(_ text: SearchText) -> String {
        // FTS5 reads up to U+0000. A quotation mark is no part of a word, and neither is a space.
        let inside = text.text.unicodeScalars.map { $0 == "\"" || $0 == "\0" ? " " : $0 }
        return "\"" + String(String.UnicodeScalarView(inside)) + "\"" + (text.isPrefix ? " *" : "")
    }

    private static func column(of text: SearchText) -> String { text.column.map { "{\($0.rawValue)} : " } ?? "" }
}
