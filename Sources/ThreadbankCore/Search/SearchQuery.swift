// What a person asks for, as a tree: words, phrases and fields under and, or, not.

/// A query of the search language, read from text with ``parse(_:)`` and printed with ``description``.
///
/// ```swift
/// let query = try SearchQuery.parse(#""self reliance" -author:bob after:2023"#)
/// query == .and([.text("self reliance"), .not(.field(.author("bob"))), .field(.after(SearchDate("2023")!))])
/// ```
///
/// Parsing what ``description`` gives yields the same tree again. The language is described in <doc:SearchSyntax>.
public indirect enum SearchQuery: Sendable, Equatable {
    /// No question at all: every post, newest first.
    case everything
    /// Nothing that could be found was asked for, punctuation alone say: no post.
    case nothing
    /// A word, a phrase or the start of a word.
    case text(SearchText)
    /// Texts of one column with at most `distance` words between the first and the last of them, in any order.
    case near([SearchText], distance: Int)
    case field(SearchField)
    /// Every post of the threads that hold a post of this query.
    case thread(SearchQuery)
    case not(SearchQuery)
    /// At least two queries, none of them an `and` itself.
    case and([SearchQuery])
    /// At least two queries, none of them an `or` itself.
    case or([SearchQuery])
    /// An expression for FTS5 as it is, with FTS5's own syntax and errors.
    case raw(String)

    /// A text in any column.
    public static func text(_ text: String) -> Self { .text(SearchText(text)) }
}

/// A piece of text that is looked for: the words in it follow each other, whatever stands between them.
public struct SearchText: Sendable, Equatable {
    /// Where to look.
    public enum Column: String, Sendable, CaseIterable {
        /// The post's own title.
        case title
        /// What the post's author wrote: its title, and its body but for quoted lines (``QuotedLines``).
        case own
        /// The quoted lines of its body.
        case quoted
    }

    /// As it was typed, without quotes; white space is one space.
    public var text: String
    /// Whether the last word may go on.
    public var isPrefix: Bool
    /// nil: title and body.
    public var column: Column?

    /// Whether it holds a character of a script without spaces, and so is found by the characters' index.
    public var isSpaceless: Bool { SpacelessText.occurs(in: text) }
    /// Its words, as the tokenizer of the index sees them.
    public var words: [String] {
        text.unicodeScalars.split { !$0.isWordCharacter && $0.properties.generalCategory != .nonspacingMark }
            .filter { $0.contains(where: \.isWordCharacter) }.map { String(String.UnicodeScalarView($0)) }
    }
    /// The word at its end, which goes on in a prefix; nil where it ends in a character of a script without spaces.
    public var lastWord: String? {
        get { rangeOfLastWord.map { String(text.unicodeScalars[$0]) } }
        set {
            guard let range = rangeOfLastWord, let newValue else { return }
            text.unicodeScalars.replaceSubrange(range, with: newValue.unicodeScalars)
        }
    }

    private var rangeOfLastWord: Range<String.Index>? {
        let scalars = text.unicodeScalars
        func isInWord(_ scalar: Unicode.Scalar) -> Bool {
            (scalar.isWordCharacter || scalar.properties.generalCategory == .nonspacingMark) && !scalar.isSpaceless
        }
        guard let last = scalars.lastIndex(where: { $0.isWordCharacter || $0.isSpaceless }), isInWord(scalars[last]) else {
            return nil
        }
        let start = scalars[..<last].lastIndex { !isInWord($0) }.map { scalars.index(after: $0) }
        return (start ?? scalars.startIndex)..<scalars.index(after: last)
    }

    /// ``SearchQuery/deadStars``
    fileprivate var deadStars: [String] {
        let scalars = Array(text.unicodeScalars)
        guard let last = scalars.lastIndex(where: \.isWordCharacter) else { return [] }
        return scalars[..<last].indices.filter { $0 > 0 && scalars[$0] == "*" && scalars[$0 - 1].isWordCharacter }.map { star in
            let start = scalars[..<star].lastIndex { !$0.isWordCharacter }.map { $0 + 1 } ?? 0
            return String(String.UnicodeScalarView(scalars[start...star]))
        }
    }

    /// Whether only part of a body is looked at, which no index tells.
    public var isPartial: Bool { column == .own || column == .quoted }

    public init(_ text: String, isPrefix: Bool = false, column: Column? = nil) {
        self.text = text
        self.isPrefix = isPrefix
        self.column = column
    }
}

extension SearchQuery {
    /// Joins by and; `and`s inside are opened, and what is alone stays as it is. nil where nothing is joined.
    static func all(_ queries: [SearchQuery]) -> SearchQuery? {
        let flat = queries.flatMap { query -> [SearchQuery] in if case .and(let inner) = query { inner } else { [query] } }
        return flat.count > 1 ? .and(flat) : flat.first
    }

    /// Joins by or, as ``all(_:)``.
    static func any(_ queries: [SearchQuery]) -> SearchQuery? {
        let flat = queries.flatMap { query -> [SearchQuery] in if case .or(let inner) = query { inner } else { [query] } }
        return flat.count > 1 ? .or(flat) : flat.first
    }

    /// The opposite; two negations are none.
    var negated: SearchQuery {
        if case .not(let inner) = self { inner } else { .not(self) }
    }

    /// How many `and`, `or`, `not` and `thread` stand in each other at most.
    var depth: Int {
        switch self {
        case .not(let inner), .thread(let inner): 1 + inner.depth
        case .and(let inner), .or(let inner): 1 + (inner.map(\.depth).max() ?? 0)
        default: 0
        }
    }

    /// Every node, parents before children.
    public var nodes: [SearchQuery] {
        switch self {
        case .not(let inner), .thread(let inner): [self] + inner.nodes
        case .and(let inner), .or(let inner): [self] + inner.flatMap(\.nodes)
        default: [self]
        }
    }

    /// Every node that speaks of the post itself: not those inside `thread:{…}`.
    public var ownNodes: [SearchQuery] {
        switch self {
        case .not(let inner): [self] + inner.ownNodes
        case .and(let inner), .or(let inner): [self] + inner.flatMap(\.ownNodes)
        default: [self]
        }
    }

    /// The query itself, and every query inside `thread:{…}`.
    public var scopes: [SearchQuery] {
        [self] + nodes.compactMap { if case .thread(let inner) = $0 { inner } else { nil } }
    }

    /// Words with a star behind them that cannot go on, because more of their phrase follows: `"brea* knife"`, `br*ad`. No index tells
    /// what begins so in the middle of a phrase.
    public var deadStars: [String] {
        nodes.flatMap { node -> [String] in
            switch node {
            case .text(let text): text.deadStars
            case .near(let texts, _): texts.flatMap(\.deadStars)
            default: []
            }
        }
    }

    /// Every field that is asked for, whether it must hold or must not.
    public var fields: [SearchField] {
        nodes.compactMap { if case .field(let field) = $0 { field } else { nil } }
    }

    /// The texts that make a post a hit: those that are not excluded. They rank the hits and stand out in them.
    public var positiveTexts: [SearchQuery] { texts(whenPositive: true) }

    private func texts(whenPositive isPositive: Bool) -> [SearchQuery] {
        switch self {
        case .text, .near, .raw: isPositive ? [self] : []
        case .not(let inner): inner.texts(whenPositive: !isPositive)
        case .thread(let inner): isPositive ? inner.texts(whenPositive: true) : []
        case .and(let inner), .or(let inner): inner.flatMap { $0.texts(whenPositive: isPositive) }
        default: []
        }
    }
}
