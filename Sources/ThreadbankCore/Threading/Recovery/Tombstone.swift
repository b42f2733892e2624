// What stands in a page where a post was taken away.

/// The wordings that stand for a post that is gone.
public enum Tombstone {
    /// The state that a line states; nil for a line that is no tombstone.
    ///
    /// A line is one when it says "deleted" or "removed" and nothing but who did it and to what: "deleted by creator",
    /// "[removed]", "*Permanently Deleted*", "This comment was removed by a moderator." What the author did is `deleted`;
    /// what a moderator did, or nobody is named for, goes by the verb.
    public static func state(of line: String) -> PostState? {
        guard line.utf8.count <= 120, mayBe(line) else { return nil }
        let words = PageWords.words(of: line, limit: 20)
        guard !words.isEmpty, words.count <= 16 else { return nil }
        if let state = otherLanguages[words.joined(separator: " ")] { return state }
        var verb: PostState?
        var agent: PostState?
        for word in words {
            switch word {
            case "deleted", "withdrawn": verb = verb ?? .deleted
            case "removed", "dead", "flagged": verb = verb ?? .removed
            case "creator", "author", "user", "poster", "owner", "op", "account": agent = agent ?? .deleted
            case "mod", "mods", "moderator", "moderators", "moderation", "admin", "admins", "administrator", "staff", "reddit",
                "automoderator":
                agent = .removed
            default: guard fillers.contains(word) || word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            }
        }
        guard let verb else { return nil }
        // Of these alone, without brackets, the line may be anything; "deleted" and "removed" are said of posts.
        if verb == .removed, !words.contains("removed"), !line.hasPrefix("[") { return nil }
        return agent ?? verb
    }

    /// Whether the first word is one that tombstones begin with, or of another script: most lines are told apart by this.
    private static func mayBe(_ line: String) -> Bool {
        var may = false
        PageWords.forEachWord(in: line) { word in
            guard word.allSatisfy({ $0 < 0x80 }) else {
                may = true
                return false
            }
            may = openers.contains(word)
            return false
        }
        return may
    }

    private static let openers = WordSet(
        fillers.union([
            "deleted", "withdrawn", "removed", "dead", "flagged", "user", "author", "account", "mod", "moderator", "admin",
            "reddit",
            "vom", "dieser", "beitrag", "kommentar", "entfernt", "commentaire", "eliminado", "comentario",
        ]))

    private static let fillers: Set<String> = [
        "by", "the", "a", "an", "its", "their", "this", "that", "was", "were", "has", "have", "been", "is", "comment", "post",
        "message", "reply", "answer", "topic", "content", "original", "permanently", "will", "be", "automatically", "in", "hours",
        "unless", "from", "or", "and",
    ]

    private static let otherLanguages: [String: PostState] = {
        let deleted = [
            "gelöscht", "vom autor gelöscht", "vom verfasser gelöscht", "dieser kommentar wurde gelöscht", "beitrag gelöscht",
            "kommentar gelöscht", "удалено", "удалено автором", "комментарий удалён", "комментарий удален", "сообщение удалено",
            "supprimé", "commentaire supprimé", "eliminado", "comentario eliminado", "comentario borrado",
        ]
        let removed = [
            "vom moderator entfernt", "entfernt", "kommentar entfernt", "удалено модератором", "supprimé par un modérateur",
            "eliminado por un moderador",
        ]
        // Han text comes as pairs of characters, so the phrases are put through the same mill.
        let deletedUnspaced = ["已删除", "该评论已删除", "此评论已被删除", "该帖子已被作者删除", "削除済み", "削除されました"]
        let removedUnspaced = ["该评论已被管理员删除", "此内容已被管理员移除"]
        func entry(_ phrase: String) -> String { PageWords.words(of: phrase).joined(separator: " ") }
        var table: [String: PostState] = [:]
        for phrase in deleted + deletedUnspaced { table[entry(phrase)] = .deleted }
        for phrase in removed + removedUnspaced { table[entry(phrase)] = .removed }
        return table
    }()
}
