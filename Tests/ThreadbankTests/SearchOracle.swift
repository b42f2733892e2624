// Answers queries by looking at every post: slow, and too simple to be wrong in the same way as the real search.

import Foundation
import ThreadbankCore

/// Posts in memory, and which of them a query wants.
struct SearchOracle {
    struct Entry {
        var post: TestPost
        var authorNames: [String]
        var parent: Int64?
    }

    /// An entry and the words of its title, body, own text and quoted text.
    private struct Words {
        var entry: Entry
        var isSpaceless: Bool
        var title: [String]
        var body: [String]
        var own: [String]
        var quoted: [String]
    }

    private let entries: [Words]

    init(_ entries: [Entry]) {
        self.entries = entries.map { entry in
            let (title, body) = (entry.post.title ?? "", entry.post.body ?? "")
            let isSpaceless = (title + body).unicodeScalars.contains { Self.isSpaceless($0) }
            var parts = [[""], [""]]
            for line in body.components(separatedBy: "\n") {
                let part = line.hasPrefix(">") ? 1 : 0
                // A word that no query holds stands where something was cut out.
                parts[1 - part].append("cutout")
                parts[part].append(part == 1 ? String(line.dropFirst()) : line)
            }
            func words(_ text: String) -> [String] { Self.words(text, isSpaceless) }
            return Words(
                entry: entry, isSpaceless: isSpaceless, title: words(title), body: words(body),
                own: words(parts[0].joined(separator: "\n")), quoted: words(parts[1].joined(separator: "\n")))
        }
    }

    func ids(_ query: SearchQuery) -> [Int64] { found(query).map(\.entry.post.id) }

    private func found(_ query: SearchQuery) -> [Words] {
        let findsGhosts = query.ownNodes.contains(.field(.is(.missing)))
        var threads: [String: Set<Int64>] = [:]
        for node in query.ownNodes {
            if case .thread(let inner) = node { threads[inner.description] = Set(found(inner).map(\.entry.post.thread)) }
        }
        return entries.filter { (findsGhosts || $0.entry.post.state != .missing) && Self.fits(query, $0, threads) }
    }

    private static func fits(_ query: SearchQuery, _ post: Words, _ threads: [String: Set<Int64>]) -> Bool {
        switch query {
        case .everything: true
        case .nothing, .raw: false
        case .and(let queries): queries.allSatisfy { fits($0, post, threads) }
        case .or(let queries): queries.contains { fits($0, post, threads) }
        case .not(let query): !fits(query, post, threads)
        case .thread(let inner): threads[inner.description]?.contains(post.entry.post.thread) ?? false
        case .text(let text):
            post.entry.post.state != .missing && columns(text, post).contains { !starts(text, $0, post.isSpaceless).isEmpty }
        case .near(let texts, let distance):
            post.entry.post.state != .missing
                && columns(texts[0], post).contains { near(texts, distance, $0, post.isSpaceless) }
        case .field(let field): fits(field, post.entry)
        }
    }

    private static func columns(_ text: SearchText, _ post: Words) -> [[String]] {
        switch text.column {
        case nil: [post.title, post.body]
        case .title: [post.title]
        case .own: [post.title, post.own]
        case .quoted: [post.quoted]
        }
    }

    /// Where in the column a phrase begins.
    private static func starts(_ text: SearchText, _ column: [String], _ isSpaceless: Bool) -> [Int] {
        let phrase = words(text.text, isSpaceless)
        // A lone tone mark is a character to look for, though between words of other scripts it would be none.
        if !isSpaceless, text.text.unicodeScalars.contains(where: { self.isSpaceless($0) }) { return [] }
        guard !phrase.isEmpty, phrase.count <= column.count else { return [] }
        return (0...column.count - phrase.count).filter { start in
            phrase.indices.allSatisfy { index in
                let word = column[start + index]
                return text.isPrefix && index == phrase.count - 1 ? word.hasPrefix(phrase[index]) : word == phrase[index]
            }
        }
    }

    /// FTS5: each phrase begins at most its own length and the distance before the one that begins last.
    private static func near(_ texts: [SearchText], _ distance: Int, _ column: [String], _ isSpaceless: Bool) -> Bool {
        let all = texts.map { starts($0, column, isSpaceless) }
        return all.joined().contains { last in
            zip(texts, all).allSatisfy { text, starts in
                starts.contains { $0 <= last && $0 >= last - words(text.text, isSpaceless).count - distance }
            }
        }
    }

    private static func fits(_ field: SearchField, _ entry: Entry) -> Bool {
        let post = entry.post
        return switch field {
        case .author(let name):
            // @name means the name, and one that begins with @ too.
            [name, name.hasPrefix("@") ? String(name.dropFirst()) : name].contains { text in
                entry.authorNames.contains { NamePattern(text).fits($0) }
            }
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
        case .source(let name):
            (post.source == 1 ? ["One", "jsonl", "jsonl/One"] : ["mail"]).contains { NamePattern(name).fits($0) }
        case .tag(let name): NamePattern(name).fits(post.thread == 1 ? "How To" : post.thread == 3 ? "x" : "\u{0}")
        case .has: false
        }
    }

    /// Words as `unicode61` makes them, for the characters that the tests use. In a post with characters of spaceless scripts each of
    /// these is a word, and so is what stands between it and its neighbour.
    static func words(_ text: String, _ isSpaceless: Bool) -> [String] {
        var words: [String] = []
        var word = ""
        var between = ""
        var lastIsSpaceless = false
        func end() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        func bridge(to next: Unicode.Scalar?) {
            let touches = lastIsSpaceless || next.map(self.isSpaceless) == true
            let marks = between.unicodeScalars.filter { "，。、！？（）：；".unicodeScalars.contains($0) }
            if isSpaceless, touches, !marks.isEmpty {
                words += marks.map { String($0) }
            } else if isSpaceless, touches, !between.isEmpty, next != nil, !words.isEmpty {
                words.append("gap")
            }
            between = ""
        }
        for scalar in text.unicodeScalars {
            if isSpaceless, self.isSpaceless(scalar) {
                end()
                bridge(to: scalar)
                words.append(String(scalar))
                lastIsSpaceless = true
            } else if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                if word.isEmpty { bridge(to: scalar) }
                lastIsSpaceless = false
                word.unicodeScalars.append(
                    contentsOf: scalar == "é" ? "e".unicodeScalars : String(scalar).lowercased().unicodeScalars)
            } else if word.isEmpty || scalar != "\u{301}" {
                end()
                between.unicodeScalars.append(scalar)
            }
        }
        end()
        bridge(to: nil)
        return words
    }

    private static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E01...0x0E2E, 0x0E30...0x0E4E, 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x4E00...0x9FFF,
            0xAC00...0xD7A3:
            true
        default: false
        }
    }
}
