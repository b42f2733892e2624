// Two rows that prove to be one post: a ghost known by an alias gives way to the post that carries the alias.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// Makes `ghost` and `kept` one record. The row that stands in the database stays.
    func absorb(_ ghost: PostRecord, into kept: PostRecord) throws {
        if ghost.isNew {
            redirect(ghost.id, to: kept)
        } else if kept.isNew {
            ghost.row.sourceKey = kept.row.sourceKey
            redirect(kept.id, to: ghost)
        } else {
            try absorbStored(ghost.row, into: kept)
        }
    }

    private func redirect(_ id: Int64, to kept: PostRecord) {
        records[id] = nil
        redirects[id] = kept.id
    }

    /// The row that stands for another now; most stand for themselves.
    func current(_ id: Int64) -> Int64 {
        var id = id
        while let kept = redirects[id] { id = kept }
        return id
    }

    /// Everything that names the ghost names the kept row from now on; then the ghost's row goes. Who hung on either is placed anew
    /// by the next steps, whatever its edge says.
    private func absorbStored(_ ghost: PostRow, into kept: PostRecord) throws {
        let (g, k) = (ghost.id, kept.id)
        let children = try Int64.fetchAll(db, sql: SQL.children, arguments: [g])
        for id in try Int64.fetchAll(db, sql: SQL.claimants, arguments: [g]) { try record(id)?.mustDecide = true }
        for id in children + [k] {
            try record(id)?.mustDecide = true
            try record(id)?.isDislodged = true
        }
        for statement in SQL.rename { try db.execute(sql: statement, arguments: ["g": g, "k": k]) }
        if let thread = try threadRecord(ghost.threadID), thread.values.rootID == g {
            let isSame = ghost.threadID == kept.stored?.threadID
            if isSame, !thread.values.isContainer { try setRoot(of: thread, to: k) } else { thread.values.rootID = nil }
            if !isSame { leftThreads.append((thread.id, k)) }
        }
        try db.execute(sql: SQL.unindex, arguments: [g])
        try db.execute(sql: SQL.delete, arguments: [g])
        redirect(g, to: kept)
    }

    /// Moves a post and all below it that follow it; posts whose origin names their thread stay.
    func moveSubtree(_ post: Int64, from old: Int64, to new: Int64) throws {
        try db.cachedStatement(sql: SQL.moveSubtree).execute(arguments: [post, new, old])
    }
}

private enum SQL {
    static let children = "SELECT post_id FROM replies WHERE parent_id = ? AND post_id <> ?1 ORDER BY post_id"
    static let claimants = "SELECT child_id FROM reply_claims WHERE parent_id = ? ORDER BY child_id"
    static let rename = [
        "DELETE FROM replies WHERE post_id = :k AND parent_id = :g",
        "UPDATE replies SET parent_id = :k WHERE parent_id = :g",
        """
        INSERT INTO reply_claims (child_id, parent_id, witness_id, basis, confidence, evidence)
        SELECT :k, parent_id, witness_id, basis, confidence, evidence FROM replies WHERE post_id = :g AND parent_id <> :k
        """,
        "DELETE FROM replies WHERE post_id = :g",
        "UPDATE reply_claims SET child_id = :k WHERE child_id = :g",
        "UPDATE reply_claims SET parent_id = :k WHERE parent_id = :g",
        "DELETE FROM reply_claims WHERE child_id = :k AND parent_id = :k",
        "UPDATE post_aliases SET post_id = :k WHERE post_id = :g",
        "UPDATE OR IGNORE links SET from_post_id = :k WHERE from_post_id = :g",
        "UPDATE OR IGNORE links SET to_post_id = :k WHERE to_post_id = :g",
        "DELETE FROM links WHERE from_post_id = :g OR to_post_id = :g OR from_post_id = to_post_id",
        "UPDATE OR IGNORE post_forums SET post_id = :k WHERE post_id = :g",
        "DELETE FROM post_forums WHERE post_id = :g",
        "UPDATE OR IGNORE marks SET post_id = :k WHERE post_id = :g",
        "DELETE FROM marks WHERE post_id = :g",
        "DELETE FROM inferences WHERE post_id = :g",
    ]
    static let unindex = "INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', ?, NULL, NULL)"
    static let delete = "DELETE FROM posts WHERE id = ?"
    static let moveSubtree = """
        WITH RECURSIVE subtree (id) AS (
          SELECT ?1
          UNION
          SELECT r.post_id FROM subtree s JOIN replies r ON r.parent_id = s.id JOIN posts p ON p.id = r.post_id
           WHERE NOT p.in_container
        )
        UPDATE posts SET thread_id = ?2 WHERE thread_id = ?3 AND id IN (SELECT id FROM subtree)
        """
}
