// What an index keeps of a word: its stem, in lower case, without accents.

internal import GRDB

/// Asks FTS5 itself, by a table in memory, so that a word is folded and stemmed as in the archive.
struct WordTerms {
    private let memory: DatabaseQueue

    init(_ stemming: Archive.Stemming) throws {
        memory = try DatabaseQueue()
        try memory.write {
            try $0.execute(sql: "CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = '\(stemming.tokenizer)')")
            try $0.execute(sql: "CREATE VIRTUAL TABLE stems USING fts5vocab (words, instance)")
        }
    }

    /// The terms under which an index keeps words, in their order; nil for what is no word.
    func terms(of words: [String]) throws -> [String?] {
        try memory.write { memory in
            try memory.execute(sql: "DELETE FROM words")
            let insertion = try memory.cachedStatement(sql: "INSERT INTO words (rowid, word) VALUES (?, ?)")
            for (row, word) in words.enumerated() { try insertion.execute(arguments: [row + 1, word]) }
            var terms = [String?](repeating: nil, count: words.count)
            for row in try Row.fetchAll(memory, sql: "SELECT doc, term FROM stems") {
                let place = (row[0] as Int) - 1
                if terms.indices.contains(place) { terms[place] = row[1] }
            }
            return terms
        }
    }
}
