// Answers queries by looking at every post: slow, and too simple to be wrong in the same way as the real search.

import Foundation
import ThreadbankCore

/// Posts in memory, and which of them a query wants.
struct SearchOracle {
    struct Entry {
        var post: TestPost
        var authorNames: [String]
        var parent: Int64?

        /// The words of title and body.
        var title: [String] { SearchOracle.words(post.title ?? "") }
        var body: [String] { SearchOracle.words(post.body ?? "") }
    }

    private let entries: [(entry: Entry, columns: [[String]])]

    init(_ entries: [Entry]) { self.entries = entries.map { ($0, [$0.title, $0.body]) } }

    func ids(_ query: SearchQuery) -> [Int64] {
        let findsGhosts = query.fields.contains(.is(.missing))
        return entries.filter { entry, columns in
            (findsGhosts || entry.post.state != .missing) && Self.fits(query, entry, columns)
        }.map(\.entry.post.id)
    }

    private static func fits(_ query: SearchQuery, _ entry: Entry, _ columns: [[String]]) -> Bool {
        switch query {
        case .everything: true
        case .nothing, .raw: false
        case .and(let queries): queries.allSatisfy { fits($0, entry, columns) }
        case .or(let queries): queries.contains { fits($0, entry, columns) }
        case .not(let query): !fits(query, entry, columns)
        case .text(let text): entry.post.state != .missing && Self.columns(text, columns).contains { !starts(text, $0).isEmpty }
        case .near(let texts, let distance):
            entry.post.state != .missing && Self.columns(texts[0], columns).contains { near(texts, distance, $0) }
        case .field(let field): fits(field, entry)
        }
    }

    private static func columns(_ text: SearchText, _ columns: [[String]]) -> [[String]] {
        text.column == .title ? [columns[0]] : columns
    }

    /// Where in the column a phrase begins.
    private static func starts(_ text: SearchText, _ column: [String]) -> [Int] {
        let phrase = words(text.text)
        guard !phrase.isEmpty, phrase.count <= column.count else { return [] }
        return (0...column.count - phrase.count).filter { start in
            phrase.indices.allSatisfy { index in
                let word = column[start + index]
                return text.isPrefix && index == phrase.count - 1 ? word.hasPrefix(phrase[index]) : word == phrase[index]
            }
        }
    }

    /// FTS5: each phrase begins at most its own length and the distance before the one that begins last.
    private static func near(_ texts: [SearchText], _ distance: Int, _ column: [String]) -> Bool {
        let all = texts.map { starts($0, column) }
        return all.joined().contains { last in
            zip(texts, all).allSatisfy { text, starts in
                starts.contains { $0 <= last && $0 >= last - words(text.text).count - distance }
            }
        }
    }

    private static func fits(_ field: SearchField, _ entry: Entry) -> Bool {
        let post = entry.post
        return switch field {
        case .author(let name): entry.authorNames.contains { NamePattern(name).fits($0) }
        case .thread(let id): post.thread == id.rawValue
        case .after(let date): post.createdAt.map { $0 >= date.start } ?? false
        case .before(let date): post.createdAt.map { $0 < date.start } ?? false
        case .date(let first, let last):
            post.createdAt.map { $0 >= first?.start ?? .min && $0 < last?.end ?? .max } ?? false
        case .score(let range): post.score.map(range.contains) ?? false
        case .is(.edited): post.editedAt != nil
        case .is(.reply): entry.parent != nil
        case .is(.root), .is(.inferred): entry.parent == nil && field == .is(.root)
        case .is(let state): post.state.rawValue == state.rawValue
        case .forum(let name): NamePattern(name).fits(post.thread == 1 ? "baking" : post.thread == 3 ? "Café" : "\u{0}")
        case .source(let name): NamePattern(name).fits(post.source == 1 ? "One" : "mail")
        case .tag(let name): NamePattern(name).fits(post.thread == 1 ? "How To" : post.thread == 3 ? "x" : "\u{0}")
        case .has: false
        }
    }

    /// Words as `unicode61` makes them, for the characters that the tests use.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                word.unicodeScalars.append(
                    contentsOf: scalar == "é" ? "e".unicodeScalars : String(scalar).lowercased().unicodeScalars)
            } else if word.isEmpty || scalar != "\u{301}" {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
