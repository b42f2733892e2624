// The words that the archive knows: how common they are, and which is meant by one that it does not know.

internal import GRDB
internal import ThreadbankCore

/// The vocabulary of `posts_fts`. In an archive with stemming it holds stems, so words are stemmed before they are looked up.
struct Vocabulary {
    private let db: Database
    private let words: WordTerms

    init(_ db: Database) throws {
        self.db = db
        words = try WordTerms(Archive.Stemming.stored(db))
    }

    /// The terms under which the index keeps words, in their order; nil for what is no word.
    func terms(of words: [String]) throws -> [String?] { try self.words.terms(of: words) }

    /// In how many posts a term stands.
    func posts(with term: String) throws -> Int { try Int.fetchOne(db, sql: SQL.posts, arguments: [term]) ?? 0 }

    /// The word that is meant by one that no post holds; nil where none is close.
    ///
    /// The first letter is seldom wrong, so its words are read first; then those in which it alone is wrong, missing or swapped.
    func closest(to word: String) throws -> String? {
        guard let term = try terms(of: [word]).first ?? nil else { return nil }
        let letters = Array(term.unicodeScalars.prefix(2))
        guard let first = letters.first else { return nil }
        var closest = ClosestWord(to: term)
        try consider(String(first), &closest)
        if closest.best == nil {
            for start in "abcdefghijklmnopqrstuvwxyz" {
                for next in letters { try consider("\(start)\(next)", &closest) }
            }
        }
        return try closest.best.map { try form(of: $0, like: word) ?? $0 }
    }

    private func consider(_ start: String, _ closest: inout ClosestWord) throws {
        let rows = try Row.fetchCursor(db, sql: SQL.range, arguments: [start, start + "\u{10FFFF}"])
        while let row = try rows.next() { closest.consider(row[0], weight: row[1]) }
    }

    /// Of the words that a term stands for, among a few posts, the one that looks most like what was typed.
    private func form(of term: String, like word: String) throws -> String? {
        let marks = SnippetMarks()
        // A stem's own stem may be another: a prefix finds it all the same.
        let rows = try Row.fetchAll(db, sql: SQL.forms, arguments: ["\"\(term)\" *", marks.start, marks.end])
        var counts: [String: Int64] = [:]
        for row in rows {
            for piece in marks.pieces(row[0]) where piece.isHit { counts[piece.text.lowercased(), default: 0] += 1 }
        }
        let forms = counts.keys.sorted()
        var closest = ClosestWord(to: word, most: 12)
        for (form, stem) in zip(forms, try terms(of: forms)) where stem == term {
            closest.consider(form, weight: counts[form] ?? 0)
        }
        return closest.best
    }
}

extension Vocabulary {
    /// The query with each word that the archive does not hold replaced by the one that is meant; nil where there is nothing to replace.
    func suggestion(for query: SearchQuery) throws -> SearchQuery? {
        var replacements: [String: String] = [:]
        for leaf in query.positiveTexts {
            guard case .text(let text) = leaf, !text.isSpaceless, !text.isPrefix else { continue }
            for (word, term) in zip(text.words, try terms(of: text.words)) {
                guard let term, replacements[word] == nil, try posts(with: term) == 0 else { continue }
                replacements[word] = try closest(to: word)
            }
        }
        if replacements.isEmpty { return nil }
        return query.replacing { leaf in
            guard case .text(var text) = leaf, !text.isSpaceless, !text.isPrefix else { return nil }
            let words = text.words.map { replacements[$0] ?? $0 }
            guard words != text.words else { return nil }
            text.text = words.joined(separator: " ")
            return .text(text)
        }
    }
}

private enum SQL {
    static let posts = "SELECT doc FROM posts_words WHERE term = ?"
    static let range = "SELECT term, doc FROM posts_words WHERE term >= ? AND term < ?"
    static let forms = "SELECT snippet(posts_fts, -1, ?2, ?3, '', 8) FROM posts_fts WHERE posts_fts MATCH ?1 LIMIT 50"
}
