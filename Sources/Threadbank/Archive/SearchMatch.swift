// From query texts to FTS5 expressions. Every text stands in quotes, so nothing that a person types is FTS5's syntax.

internal import ThreadbankCore

/// A full-text index of the archive.
enum TextIndex: String, Sendable, CaseIterable {
    /// Of every post: words between spaces and punctuation.
    case words = "posts_fts"
    /// Of the posts with text of scripts without spaces: each such character is a word. It holds these posts' other words too.
    case characters = "posts_cjk"
}

/// The parts of a query that one index answers by itself: texts under and, or, and a `not` beside something that is wanted.
struct SearchMatch {
    let index: TextIndex
    /// Whether `own:` and `quoted:` are looked for in the whole post, as for marking what was found.
    var isLoose = false
    /// Whether texts name no columns, because the caller does.
    var isPlain = false

    /// The FTS5 expression of a whole query; nil where it holds what the index does not know, or excludes without wanting anything.
    func expression(_ query: SearchQuery) -> String? {
        switch query {
        case .text(let text): return isLoose || !text.isPartial ? column(of: text) + phrase(text) : nil
        case .near(let texts, let distance):
            guard let first = texts.first, isLoose || !first.isPartial else { return nil }
            return column(of: first) + "NEAR(" + texts.map(phrase).joined(separator: " ") + ", \(distance))"
        case .raw(let expression): return index == .words ? expression : nil
        case .or(let queries):
            let parts = queries.compactMap(inner)
            return parts.count == queries.count ? parts.joined(separator: " OR ") : nil
        case .and(let queries):
            let (match, rest) = split(queries)
            return rest.isEmpty ? match : nil
        case .everything, .nothing, .field, .thread, .not: return nil
        }
    }

    /// Joins with or the parts that FTS5 knows; nil where there are none.
    func any(_ queries: [SearchQuery]) -> String? {
        let parts = queries.compactMap(inner)
        return parts.isEmpty ? nil : parts.joined(separator: " OR ")
    }

    /// Splits the members of an `and` into what FTS5 answers in one expression, and the rest.
    func split(_ queries: [SearchQuery]) -> (match: String?, rest: [SearchQuery]) {
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

    /// The expression that drives a query; nil where no text can.
    func driving(_ query: SearchQuery) -> String? {
        if case .and(let queries) = query { return split(queries).match }
        return expression(query)
    }

    /// An expression to be joined to others.
    private func inner(_ query: SearchQuery) -> String? {
        switch query {
        case .and, .or, .raw: expression(query).map { "(\($0))" }
        default: expression(query)
        }
    }

    private func phrase(_ text: SearchText) -> String {
        let words = index == .characters ? SpacelessText.words(text.text) : text.text
        // FTS5 reads up to U+0000. A quotation mark is no part of a word, and neither is a space.
        let inside = words.unicodeScalars.map { $0 == "\"" || $0 == "\0" ? " " : $0 }
        return "\"" + String(String.UnicodeScalarView(inside)) + "\"" + (text.isPrefix ? " *" : "")
    }

    private func column(of text: SearchText) -> String {
        if isPlain { return "" }
        return switch text.column {
        case .title: "{title} : "
        case .quoted: "{body} : "
        case .own, nil: index == .characters ? "{body title} : " : ""
        }
    }
}

extension SearchQuery {
    /// Whether only posts with characters of spaceless scripts can fit.
    var wantsCharacters: Bool {
        switch self {
        case .text(let text): text.isSpaceless && !text.isPartial
        case .near(let texts, _): texts.contains(where: \.isSpaceless) && texts.first?.isPartial == false
        case .and(let queries): queries.contains(where: \.wantsCharacters)
        case .or(let queries): queries.allSatisfy(\.wantsCharacters)
        default: false
        }
    }

    /// The query for posts without such characters: what asks for them finds nothing.
    var withoutCharacters: SearchQuery {
        replacing {
            switch $0 {
            case .text, .near: $0.wantsCharacters ? .nothing : nil
            default: nil
            }
        }
    }

    /// Every text outside `thread:{…}` that an index is asked for, excluded ones too.
    var indexedTexts: [SearchText] {
        ownNodes.flatMap { node -> [SearchText] in
            switch node {
            case .text(let text): text.isPartial ? [] : [text]
            case .near(let texts, _): texts.first?.isPartial == true ? [] : texts
            default: []
            }
        }
    }
}
