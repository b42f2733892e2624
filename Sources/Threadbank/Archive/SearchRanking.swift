// The order of the best hits: bm25, what a thread adds to it, and whether a word stands there as it was typed.

internal import CRanking
internal import GRDB
internal import ThreadbankCore

/// Ranks all hits of a search, and gives a page of them.
///
/// An opening post counts for more than a reply with the same words; a reply gains by an opening post that matches too, and an opening
/// post by the best of its replies. Where the archive is stemmed, what was typed beats its stem. The weights were chosen
/// with a model of these rules on SemEval-2016's judged questions, see SearchSyntax.
struct SearchRanking {
    /// BM25's numbers: a word in the title counts as much as two in the body, further ones of the same word count for longer than with
    /// FTS5's 1.2, and a long post loses less than with its 0.75.
    static let formula = ranking_formula(k1: 2, b: 0.5, weights: (1, 2, 0))
    static let openingPost = 1.5
    static let bestReply = 0.5
    static let itsOpeningPost = 0.3
    /// How much a hit loses that has none of several words as they were typed.
    static let stemsOnly = 0.2

    private let forms: ExactForms
    private let text: DirectStatement

    /// The hits of a page, the best first; equals by id.
    ///
    /// - parameter hits: as BM25 weighs them.
    static func page(_ range: Range<Int>, of hits: SearchHits, _ query: SearchQuery, isStemmed: Bool, _ db: Database) throws
        -> [SearchHits.Hit]
    {
        let range = range.clamped(to: 0..<hits.count)
        // What is asked in FTS5's own syntax is ranked by its words alone.
        if query.isRaw { return Array(hits.best(range.upperBound)[range]) }
        try hits.weighThreads(openingPost: openingPost, bestReply: bestReply, itsOpeningPost: itsOpeningPost)
        let forms = ExactForms(isStemmed ? query : .everything)
        if forms.count == 0 { return Array(hits.best(range.upperBound)[range]) }
        let ranking = SearchRanking(forms: forms, text: try DirectStatement(db, SQL.text))
        return Array(try ranking.best(range.upperBound, of: hits)[range])
    }

    private struct Ranked {
        var hit: SearchHits.Hit
        /// 1 where a single word or phrase stands there as it was typed.
        var exact: Int
    }

    /// The first `wanted` of all hits, exactly as if each text had been read. Texts are read in the order of weights, which no form of
    /// words raises, until nothing that is left could be among them.
    private func best(_ wanted: Int, of hits: SearchHits) throws -> [SearchHits.Hit] {
        var ranked: [Ranked] = []
        var candidates = hits.best(wanted + 30)
        while true {
            for hit in candidates[ranked.count...] { ranked.append(try self.ranked(hit)) }
            let best = ranked.sorted(by: Self.isBefore)
            if ranked.count == hits.count { return best.map(\.hit) }
            let (last, next) = (best[wanted - 1], candidates[candidates.count - 1])
            if forms.count == 1 ? last.exact == 1 : last.hit.rank > next.rank { return best.map(\.hit) }
            candidates = hits.best(candidates.count * 3)
        }
    }

    private func ranked(_ hit: SearchHits.Hit) throws -> Ranked {
        text.reset()
        try text.bind(.integer(hit.id), at: 1)
        let exact = try text.step() ? forms.count(title: text.text(0), body: text.text(1)) : 0
        if forms.count == 1 { return Ranked(hit: hit, exact: exact) }
        let rank = hit.rank * (1 - Self.stemsOnly * (1 - Double(exact) / Double(forms.count)))
        return Ranked(hit: SearchHits.Hit(id: hit.id, rank: rank), exact: 0)
    }

    private static func isBefore(_ a: Ranked, _ b: Ranked) -> Bool {
        if a.exact != b.exact { return a.exact > b.exact }
        return a.hit.rank != b.hit.rank ? a.hit.rank > b.hit.rank : a.hit.id < b.hit.id
    }
}

extension SearchQuery {
    /// Whether FTS5's own syntax stands in it.
    var isRaw: Bool { nodes.contains { if case .raw = $0 { true } else { false } } }
}

private enum SQL {
    /// A text is read up to a length beyond which the form of a word matters little.
    static let text = "SELECT title, substr(body, 1, 20000) FROM posts WHERE id = ?1"
}
