// The layouts that are known, in the order in which they are tried.

extension WebLayout {
    /// Of those that find as many posts on a page the first one counts.
    static let all: [WebLayout] = [
        discourse, oldReddit, newReddit, hackerNews, lemmy, stackExchange, xenForo2, xenForo1, vBulletin4, vBulletin3,
        phpBB, phpBBTables, phpBB2, smf, drupal,
    ]
}
