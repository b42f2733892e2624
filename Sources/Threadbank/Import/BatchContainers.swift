// Step 5, for containers: which of their posts opens them.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// Sets the opening post of each container of the batch, once all rows stand.
    ///
    /// `ContainerRoot` asks all posts of a container, which took 5 % of an import. Where a batch only added posts to a container, the
    /// opening post is the one it had or one of the new ones, and the batch knows these.
    ///
    /// - parameter records: those of the batch in ascending order.
    func refreshContainers(_ records: [PostRecord]) throws {
        let containers = threads.values.filter(\.values.isContainer).sorted { $0.id < $1.id }
        if containers.isEmpty { return }
        let isOnlyGrown = moves.isEmpty && leftThreads.isEmpty && redirects.isEmpty && strandedSource == nil
        var unsure = isOnlyGrown ? changedThreads : []
        var openings: [Int64: PostRecord] = [:]
        for record in records where isOnlyGrown && record.isNew {
            let id = record.row.threadID
            guard !unsure.contains(id), let thread = threads[id], thread.values.isContainer else { continue }
            guard let known = try openings[id] ?? storedOpening(of: thread, &unsure) else {
                if !unsure.contains(id), try opens(record, id) { openings[id] = record }
                continue
            }
            switch record.row.stands(before: known.row) {
            case true?: if try opens(record, id) { openings[id] = record }
            case false?: openings[id] = known
            case nil: unsure.insert(id)
            }
        }
        let opening = try BoundStatement(db, ContainerRoot.set)
        for thread in containers {
            guard isOnlyGrown, !unsure.contains(thread.id) else {
                try db.cachedStatement(sql: ContainerRoot.refresh).execute(arguments: [thread.id])
                continue
            }
            guard let root = openings[thread.id]?.id, root != thread.stored?.rootID else { continue }
            opening.bind(1, root)
            opening.bind(2, thread.id)
            try opening.run()
        }
    }

    /// Threads of which a stored post was changed, so that it may open its thread now, or do so no more.
    private var changedThreads: Set<Int64> {
        var changed: Set<Int64> = []
        for record in records.loaded {
            guard let stored = record.stored else { continue }
            let isElsewhere = record.container.map { $0 != stored.threadID } ?? false
            if record.mustDecide || isElsewhere || record.isChanged { changed.insert(stored.threadID) }
            if isElsewhere, let container = record.container { changed.insert(container) }
        }
        return changed
    }

    /// The post that opened a container before the batch; nil where it is new. What is neither is left to SQLite.
    private func storedOpening(of thread: ThreadRecord, _ unsure: inout Set<Int64>) throws -> PostRecord? {
        if thread.stored == nil, thread.values.rootID == nil { return nil }
        if let stored = thread.stored, stored.isContainer, let root = stored.rootID, root == thread.values.rootID {
            if let known = try record(root), known.row.threadID == thread.id { return known }
        }
        unsure.insert(thread.id)
        return nil
    }

    /// Whether a post answers none in its container.
    private func opens(_ record: PostRecord, _ container: Int64) throws -> Bool {
        guard let parent = record.parent else { return true }
        if let known = records[parent] { return known.row.threadID != container }
        return try place(of: parent).thread != container
    }
}

extension PostRow {
    /// Whether it stands before another in the order of `ContainerRoot`; nil where only their aliases tell.
    fileprivate func stands(before other: PostRow) -> Bool? {
        func order(_ a: Int64?, _ b: Int64?) -> Bool? {
            a == b ? nil : (a ?? .max, a == nil ? 1 : 0) < (b ?? .max, b == nil ? 1 : 0)
        }
        if let isBefore = order(place, other.place) ?? order(createdAt, other.createdAt) { return isBefore }
        guard let key = sourceKey, let theirs = other.sourceKey else {
            return sourceKey == other.sourceKey ? nil : sourceKey == nil
        }
        // As SQLite compares texts: by bytes.
        return key.utf8.lexicographicallyPrecedes(theirs.utf8)
    }
}
