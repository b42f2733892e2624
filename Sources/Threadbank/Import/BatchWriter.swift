// Step 5: what the batch worked out is written, rows in id order, what hangs on them after, the full-text index last.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    func write() throws {
        let changed = records.inOrder
        let threads = self.threads.values.sorted { $0.id < $1.id }
        // Threads that were merged before they came here stand after those that they are part of.
        for thread in threads { try thread.freeKey(db) }
        for thread in threads where thread.stored == nil && thread.values.mergedInto == nil { try thread.save(db) }
        for thread in threads where thread.stored == nil && thread.values.mergedInto != nil { try thread.save(db) }
        let insertion = try PostRow.insertion(db)
        for record in changed {
            if record.isNew { try record.row.run(insertion) } else if record.isChanged { try record.row.update(db) }
            if record.isNew, record.row.state == .missing { record.tally?.report.missing += 1 }
        }
        for alias in newAliases {
            try db.cachedStatement(sql: SQL.alias).execute(arguments: [
                alias.key.source, alias.key.text, current(alias.id),
            ])
        }
        for record in changed where record.mustDecide { try writeReplies(record) }
        for thread in threads where thread.stored != nil { try thread.save(db) }
        try moveThreads()
        try retireThreads()
        for record in changed { try writeSideRows(record) }
        try refreshContainers(changed)
        try SearchIndex(db).update(changed)
        try session.names.save(db)
        try sweepStranded()
    }

    private func writeReplies(_ record: PostRecord) throws {
        let claims = record.claims ?? []
        let isMissing = record.row.state == .missing
        let winner = claims.winner(childIsMissing: isMissing)
        if !record.isNew, claims == record.storedClaims, !record.isCycleBroken, !session.cycleBroken.contains(record.id),
            winner?.parent == record.storedParent, record.parent == record.storedParent, record.stored?.state == record.row.state
        {
            return
        }
        if !record.isNew {
            try db.cachedStatement(sql: SQL.unreply).execute(arguments: [record.id])
            try db.cachedStatement(sql: SQL.unclaim).execute(arguments: [record.id])
        }
        session.cycleBroken.remove(record.id)
        if record.isCycleBroken { session.cycleBroken.insert(record.id) }
        for claim in claims {
            let isWinner = claim == winner
            if isWinner, !record.isCycleBroken {
                let statement = try statement(.reply, SQL.reply)
                statement.bind(1, record.id)
                statement.bind(2, claim.parent)
                statement.bind(3, claim.witness)
                statement.bind(4, claim.basis.rawValue)
                statement.bind(5, claim.confidence)
                statement.bind(6, claim.evidence)
                try statement.run()
                continue
            }
            // What others say of a post that was seen is only worth keeping where it differs.
            if claim.parent == nil || !isMissing && claim.rank == .witness && claim.parent == record.parent { continue }
            let statement = try BoundStatement(db, SQL.claim)
            statement.bind(1, record.id)
            statement.bind(2, claim.parent)
            statement.bind(3, claim.witness)
            statement.bind(4, isWinner)
            statement.bind(5, claim.basis.rawValue)
            statement.bind(6, claim.confidence)
            statement.bind(7, claim.evidence)
            try statement.run()
        }
    }

    /// Subtrees before whole threads: what leaves a thread for another must not be swept along.
    private func moveThreads() throws {
        for move in moves {
            if let subtree = move.subtree { try moveSubtree(subtree, from: move.old, to: move.new) }
        }
        for move in moves where move.subtree == nil {
            for statement in SQL.mergeThread { try db.execute(sql: statement, arguments: ["old": move.old, "new": move.new]) }
            try dropIfUnknown(move.old)
        }
    }

    /// A thread whose root proved to be another thread's post has given all its posts to that, and a container that only older copies
    /// named has lost the posts to those that newer copies name.
    private func retireThreads() throws {
        for move in moves {
            if let subtree = move.subtree, threads[move.old]?.values.isContainer == true {
                leftThreads.append((move.old, subtree))
            }
        }
        for (thread, post) in leftThreads {
            try db.execute(sql: SQL.retireThread, arguments: ["old": thread, "post": current(post)])
            try dropIfUnknown(thread)
        }
        let drop = try BoundStatement(db, SQL.dropEmpty)
        for thread in threads.values where thread.values.isContainer && thread.stored == nil {
            drop.bind(1, thread.id)
            try drop.run()
            droppedThreads += db.changesCount
        }
    }

    /// A merged thread's row keeps its id answering. One that this run made has been seen by nobody.
    private func dropIfUnknown(_ thread: Int64) throws {
        guard thread >= session.firstThread else { return }
        try db.execute(sql: SQL.dropThread, arguments: ["old": thread])
        droppedThreads += db.changesCount
    }

    private func writeSideRows(_ record: PostRecord) throws {
        for revision in record.revisions {
            if PostText(title: revision.title, body: revision.body) == record.row.text { continue }
            try db.cachedStatement(sql: SQL.revision).execute(arguments: [
                record.id, revision.seenAt, revision.title, revision.body,
            ])
        }
        if !record.isNew, record.row.text != record.stored?.text {
            try db.cachedStatement(sql: SQL.unrevise).execute(arguments: [record.id, record.row.title, record.row.body])
        }
        for side in record.sideRows {
            switch side {
            case .forum(let forum):
                try db.cachedStatement(sql: SQL.forum).execute(arguments: [record.id, forum])
            case .link(let target, let kind, let evidence):
                try db.cachedStatement(sql: SQL.link).execute(arguments: [record.id, current(target), kind, evidence])
            case .inference(let i):
                try db.cachedStatement(sql: SQL.inference)
                    .execute(arguments: [record.id, i.what.rawValue, i.basis, i.confidence, i.evidence])
            case .attachment(let a):
                try db.cachedStatement(sql: SQL.attachment).execute(arguments: [record.id, a.name, a.type, a.size])
            case .mark(let m):
                try db.cachedStatement(sql: SQL.mark)
                    .execute(arguments: [record.id, m.scope.rawValue, m.kind.rawValue, m.madeAt, m.text])
            case .tag(let tag):
                try db.cachedStatement(sql: SQL.tag).execute(arguments: [tag, record.id])
            }
        }
    }
}

private enum SQL {
    static let alias = """
        INSERT INTO post_aliases (source_id, alias, post_id) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET post_id = excluded.post_id
        """
    static let unreply = "DELETE FROM replies WHERE post_id = ?"
    static let unclaim = "DELETE FROM reply_claims WHERE child_id = ?"
    static let reply = """
        INSERT INTO replies (post_id, parent_id, witness_id, basis, confidence, evidence) VALUES (?, ?, ?, ?, ?, ?)
        """
    static let claim = """
        INSERT INTO reply_claims (child_id, parent_id, witness_id, in_cycle, basis, confidence, evidence) VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    static let mergeThread = [
        "UPDATE posts SET thread_id = :new WHERE thread_id = :old",
        "UPDATE threads SET merged_into = :new WHERE merged_into = :old",
        "INSERT OR IGNORE INTO tags (thread_id, tag) SELECT :new, tag FROM tags WHERE thread_id = :old",
        "DELETE FROM tags WHERE thread_id = :old",
    ]
    static let dropThread = "DELETE FROM threads WHERE id = :old AND merged_into IS NOT NULL"
    static let dropEmpty = """
        DELETE FROM threads WHERE id = ?1 AND merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM posts WHERE thread_id = ?1)
        """
    static let retireThread = """
        UPDATE threads SET root_post_id = NULL, merged_into = (SELECT thread_id FROM posts WHERE id = :post)
         WHERE id = :old AND NOT EXISTS (SELECT 1 FROM posts WHERE thread_id = :old)
        """
    static let revision = "INSERT INTO post_revisions (post_id, seen_at, title, body) VALUES (?, ?, ?, ?)"
    static let unrevise = "DELETE FROM post_revisions WHERE post_id = ? AND title IS ? AND body IS ?"
    static let forum = "INSERT OR IGNORE INTO post_forums (post_id, forum_id) VALUES (?, ?)"
    static let link = """
        INSERT INTO links (from_post_id, to_post_id, kind, evidence) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET evidence = excluded.evidence WHERE excluded.evidence IS NOT NULL
        """
    static let inference = """
        INSERT INTO inferences (post_id, what, basis, confidence, evidence) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET basis = excluded.basis, confidence = excluded.confidence, evidence = excluded.evidence
        """
    static let attachment = "INSERT INTO attachments (post_id, name, type, size) VALUES (?, ?, ?, ?)"
    static let mark = "INSERT OR IGNORE INTO marks (post_id, scope, kind, made_at, text) VALUES (?, ?, ?, ?, ?)"
    static let tag = "INSERT OR IGNORE INTO tags (thread_id, tag) SELECT thread_id, ? FROM posts WHERE id = ?"
}
