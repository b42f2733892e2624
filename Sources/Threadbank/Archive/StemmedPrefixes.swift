// Beginnings of words in an archive with stemming: the stemmer makes an `i` of a last `y`, so FTS5 alone would look for `encri*`.

internal import GRDB
internal import ThreadbankCore

extension SearchQuery {
    /// The query with each beginning in `y` (`encry*`) joined by the stems in the archive that begin so; others stay as they are.
    ///
    /// Porter's step 1c, M. F. Porter, 1980, "An algorithm for suffix stripping": the only one that changes the last letter of what may be a
    /// word's beginning into another, instead of taking letters away.
    func withStemsOfPrefixes(_ db: Database) throws -> SearchQuery {
        let prefixes = ownNodes.compactMap { node -> SearchText? in
            guard case .text(let text) = node, text.isPrefix, text.text.last == "y" || text.text.last == "Y" else { return nil }
            return text.words.count == 1 && !text.isSpaceless && !text.isPartial ? text : nil
        }
        guard !prefixes.isEmpty, try Archive.Stemming.stored(db) == .english else { return self }
        var stems: [String: [String]] = [:]
        for prefix in Set(prefixes.map { $0.text.lowercased() }) {
            stems[prefix] = try String.fetchAll(db, sql: SQL.stems, arguments: [prefix, prefix + "\u{10FFFF}"])
        }
        return replacing {
            guard case .text(let text) = $0, text.isPrefix, let known = stems[text.text.lowercased()], !known.isEmpty else {
                return nil
            }
            let whole = known.map { stem in
                var word = text
                (word.text, word.isPrefix) = (stem, false)
                return SearchQuery.text(word)
            }
            return .or([.text(text)] + whole)
        }
    }
}

private enum SQL {
    /// The commonest are enough: what begins with so many letters has few stems.
    static let stems = "SELECT term FROM posts_words WHERE term >= ? AND term < ? ORDER BY doc DESC, term LIMIT 200"
}
