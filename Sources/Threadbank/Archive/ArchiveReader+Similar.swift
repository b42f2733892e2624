// Posts like one that is there, by the rarest of its words.

internal import Foundation
internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// Finds posts of other threads that share the rarest words of a post, the most alike first.
    ///
    /// - parameter withThread: whether the post's own thread is searched too.
    /// - throws: ``ThreadbankError`` with code `notFound` where the post is unknown.
    public func similar(to post: Post.ID, limit: Int = 20, withThread: Bool = false) throws(ThreadbankError) -> SearchResults {
        try read { db in
            guard let row = try Row.fetchOne(db, sql: SQL.post, arguments: [post.rawValue]) else { throw Archive.unknown(post) }
            var results = SearchResults(query: "\(post)", total: 0)
            let words = try Self.tellingWords(
                title: row[1] ?? "", of: QuotedLines(row[2] ?? "", (row[3] as String?).flatMap(Markup.init)), db)
            guard let words else {
                results.asksNothing = true
                return results
            }
            guard !words.isEmpty else { return results }
            let any = words.count > 1 ? SearchQuery.or(words) : words[0]
            let other = SearchQuery.not(.field(.thread(DiscussionThread.ID(rawValue: row[0]))))
            // The post itself comes first in its own thread, and is left out.
            let query = withThread ? any : .and([any, other])
            results = try Self.search(SearchRequest(query, text: "\(post)", limit: limit + (withThread ? 1 : 0)), db)
            if withThread, results.total > 0 {
                results.hits.removeAll { $0.id == post }
                results.hits = Array(results.hits.prefix(limit))
                results.total -= 1
            }
            return results
        }
    }

    /// Its words and pairs of characters that say the most: common in it, rare elsewhere. nil where it has none of its own: what an address is
    /// made of (`https`, `png`) says nothing of what the post is about.
    private static func tellingWords(title: String, of body: QuotedLines, _ db: Database) throws -> [SearchQuery]? {
        let own = String(body.own.prefix(100_000)).withoutAddresses
        let all = SearchText(title).words + SearchText(title).words + SearchText(own).words
        var counts: [String: Int] = [:]
        for word in all where word.unicodeScalars.count > 2 && !SpacelessText.occurs(in: word) && !QuestionWords.contains(word) {
            counts[word.lowercased(), default: 0] += 1
        }
        let words = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(500).map(\.key)
        let vocabulary = try Vocabulary(db)
        let total = Double(try Int.fetchOne(db, sql: SQL.total) ?? 0) + 1
        var weights: [String: Double] = [:]
        for (word, term) in zip(words, try vocabulary.terms(of: words)) {
            guard let term, let count = counts[word] else { continue }
            let posts = try vocabulary.posts(with: term)
            // A word that only it has finds nothing else.
            if posts > 1 { weights[word] = (1 + Foundation.log(Double(count))) * Foundation.log(total / Double(posts)) }
        }
        let pairs = SpacelessText.pairs(title + " " + own)
        if words.isEmpty, pairs.isEmpty { return nil }
        for (pair, count) in pairs.prefix(100) {
            let posts = try Int.fetchOne(db, sql: SQL.pair, arguments: ["\"\(SpacelessText.words(pair))\""]) ?? 0
            if posts > 1 { weights[pair] = (1 + Foundation.log(Double(count))) * Foundation.log(total / Double(posts)) }
        }
        return weights.filter { $0.value > 0 }.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            .prefix(25).map { .text($0.key) }
    }
}

extension String {
    /// The text with a space for each web address in it.
    fileprivate var withoutAddresses: String {
        guard contains("://") || contains("www.") else { return self }
        return replacing(#/(?:[A-Za-z][A-Za-z0-9+.\-]*:\/\/|www\.)[^\s<>)\]"]*/#, with: " ")
    }
}

private enum SQL {
    static let post = "SELECT thread_id, title, body, markup FROM posts WHERE id = ?"
    static let total = "SELECT count(*) FROM posts_fts_docsize"
    static let pair = "SELECT count(*) FROM posts_cjk WHERE posts_cjk MATCH ?"
}
