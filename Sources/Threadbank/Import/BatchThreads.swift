// Step 4: every new or moved post finds its thread. A thread is the tree under its root, unless the origin has a container.

internal import GRDB
internal import ThreadbankCore

/// Posts that change their thread, once the batch's edges are written.
struct ThreadMove {
    /// The top of what moves; nil for the whole thread, which is then merged into the other.
    var subtree: Int64?
    var old: Int64
    var new: Int64
}

/// Where walking up from a post ends.
private enum Top {
    case thread(Int64)
    /// A root that has no thread of its own yet.
    case root(Int64)
}

extension Batch {
    func assignThreads() throws {
        dirty = dirtyThreads
        var tops: [Int64: Top] = [:]
        let touched = records.inOrder.filter { $0.isNew || $0.isMoved }
        for record in touched { tops[record.id] = try top(of: record.id, &tops) }
        let roots = try rootThreads(touched, tops)
        func thread(_ id: Int64) -> Int64 {
            switch tops[id] {
            case .thread(let thread): thread
            case .root(let root): roots[root] ?? 0
            case nil: 0
            }
        }
        for record in touched {
            let new = thread(record.id)
            if record.isNew { record.row.threadID = new } else { try move(record, to: new) }
        }
        for record in records.inOrder { try describe(record) }
    }

    /// The container that a copy names, made where it is new.
    func container(_ reference: ThreadReference, _ source: Int64, _ tally: ImportTally) throws -> Int64 {
        let thread =
            try threadRecord(source, reference.key)
            ?? newThread(ThreadRecord.Values(sourceID: source, isContainer: true, key: reference.key), tally)
        thread.values.mergedInto = nil
        thread.values.isContainer = true
        thread.values.title = reference.title ?? thread.values.title
        thread.values.url = reference.url ?? thread.values.url
        return thread.id
    }

    /// Stands a post in the container that a copy names. A newer copy may have seen it moved there; of containers that copies of one age
    /// name, that with the smallest key has it.
    func place(_ record: PostRecord, in container: Int64, _ age: CopyAge) throws {
        let known = record.container ?? (record.row.isInContainer ? record.stored?.threadID : nil)
        if let known, known != container {
            let isSmaller = try (threadRecord(container)?.values.key ?? "") < (threadRecord(known)?.values.key ?? "")
            guard age == .newer || age == .same && isSmaller else { return }
        }
        record.container = container
        record.row.isInContainer = true
        if container != record.stored?.threadID { record.mustDecide = true }
    }

    func threadRecord(_ id: Int64) throws -> ThreadRecord? {
        if let thread = threads[id] { return thread }
        guard let thread = try ThreadRecord.load(db, id: id) else { return nil }
        threads[id] = thread
        if let key = thread.values.key { threadsByKey[NameKey(source: thread.values.sourceID, isAlias: false, text: key)] = id }
        return thread
    }

    func threadRecord(_ source: Int64, _ key: String) throws -> ThreadRecord? {
        let name = NameKey(source: source, isAlias: false, text: key)
        if let id = threadsByKey[name] { return threads[id] }
        guard let thread = try ThreadRecord.load(db, source: source, key: key) else { return nil }
        if let known = threads[thread.id] { return known.values.key == key ? known : nil }
        threads[thread.id] = thread
        threadsByKey[name] = thread.id
        return thread
    }

    /// Makes a container that of another source, which has none of its key.
    func rename(_ thread: ThreadRecord, to source: Int64) {
        guard let key = thread.values.key else { return }
        threadsByKey[NameKey(source: thread.values.sourceID, isAlias: false, text: key)] = nil
        threadsByKey[NameKey(source: source, isAlias: false, text: key)] = thread.id
        thread.values.sourceID = source
        thread.values.forumID = nil
    }

    private func newThread(_ values: ThreadRecord.Values, _ tally: ImportTally?) -> ThreadRecord {
        tally?.report.threads += 1
        let thread = ThreadRecord(id: session.takeThreadID(), new: values)
        threads[thread.id] = thread
        if let key = values.key { threadsByKey[NameKey(source: values.sourceID, isAlias: false, text: key)] = thread.id }
        return thread
    }

    /// Walks up to the first post whose thread is known. Each post is walked once a batch.
    private func top(of post: Int64, _ tops: inout [Int64: Top]) throws -> Top {
        var path: [Int64] = []
        var current = post
        var found: Top?
        while found == nil {
            if let known = tops[current] {
                found = known
                break
            }
            path.append(current)
            let record = records[current]
            if let container = record?.container {
                found = .thread(container)
            } else if let record, record.isNew || record.isMoved, !record.row.isInContainer {
                if let parent = record.parent { current = parent } else { found = .root(current) }
            } else {
                let place = try place(of: current)
                let parent = try record?.mustDecide == true ? record?.parent : self.parent(of: current)
                if try !place.isInContainer && mayHaveChanged(above: place.thread), let parent {
                    current = parent
                } else {
                    found = .thread(place.thread)
                }
            }
        }
        let top = found ?? .root(post)
        for id in path { tops[id] = top }
        return top
    }

    /// A thread for each new root: that of a tree which now hangs below it, else the one its key had before, else a new one.
    private func rootThreads(_ touched: [PostRecord], _ tops: [Int64: Top]) throws -> [Int64: Int64] {
        var roots: [Int64: Int64] = [:]
        for record in touched where !record.isNew && record.parent != nil {
            guard case .root(let root)? = tops[record.id], roots[root] == nil, let old = record.stored?.threadID,
                let thread = try threadRecord(old), thread.values.rootID == record.id, !thread.values.isContainer
            else { continue }
            roots[root] = old
            try setRoot(of: thread, to: root)
        }
        for record in touched {
            guard case .root(let root)? = tops[record.id], root == record.id, roots[root] == nil else { continue }
            if let old = record.stored?.threadID, let thread = try threadRecord(old), thread.values.rootID == root,
                !thread.values.isContainer
            {
                roots[root] = old
                continue
            }
            let thread =
                try record.row.sourceKey.flatMap { try threadRecord(record.row.sourceID, $0) }
                ?? newThread(ThreadRecord.Values(sourceID: record.row.sourceID, isContainer: false), record.tally)
            roots[root] = thread.id
            if thread.values.isContainer { continue }
            thread.values.mergedInto = nil
            try setRoot(of: thread, to: root)
        }
        return roots
    }

    /// A tree's thread has the key and the title of its root.
    func setRoot(of thread: ThreadRecord, to root: Int64) throws {
        thread.values.rootID = root
        guard let row = try record(root)?.row else { return }
        thread.values.title = row.title
        if thread.values.key == row.sourceKey { return }
        if let old = thread.values.key { threadsByKey[NameKey(source: row.sourceID, isAlias: false, text: old)] = nil }
        thread.values.key = try row.sourceKey.flatMap { try threadRecord(row.sourceID, $0) == nil ? $0 : nil }
        if let new = thread.values.key { threadsByKey[NameKey(source: row.sourceID, isAlias: false, text: new)] = thread.id }
    }

    private func move(_ record: PostRecord, to new: Int64) throws {
        guard let old = record.stored?.threadID, old != new else { return }
        record.row.threadID = new
        guard let thread = try threadRecord(old), thread.values.rootID == record.id, !thread.values.isContainer else {
            moves.append(ThreadMove(subtree: record.id, old: old, new: new))
            return
        }
        thread.values.rootID = nil
        thread.values.mergedInto = new
        moves.append(ThreadMove(subtree: nil, old: old, new: new))
    }

    /// What a post tells of its thread: the root its key and title, and any post the forum.
    private func describe(_ record: PostRecord) throws {
        let id = record.isNew ? record.row.threadID : record.container ?? record.row.threadID
        guard record.isNew || record.row != record.stored || record.forum != nil, var thread = try threadRecord(id) else {
            return
        }
        while let upper = thread.values.mergedInto, let next = try threadRecord(upper) { thread = next }
        let isRoot = thread.values.rootID == record.id
        if isRoot, !thread.values.isContainer { try setRoot(of: thread, to: record.id) }
        for key in record.mergedThreads where try threadRecord(record.row.sourceID, key) == nil {
            _ = newThread(
                ThreadRecord.Values(sourceID: record.row.sourceID, mergedInto: thread.id, isContainer: false, key: key), nil)
        }
        guard let forum = record.forum else { return }
        guard let known = thread.values.forumID, known != forum else {
            thread.values.forumID = forum
            return
        }
        // The opening post's forum is the thread's; while it is missing, the smallest of those that its answers tell.
        let root = try thread.values.rootID.flatMap { try self.record($0) }
        let isFirstWord = isRoot && (record.isNew || record.stored?.state == .missing)
        let mayReplace = isRoot || root?.row.state == .missing
        if try isFirstWord || mayReplace && forumKey(forum) < forumKey(known) {
            thread.values.forumID = forum
            if isRoot, !isFirstWord { record.addSide(.forum(known)) }
        } else {
            record.addSide(.forum(forum))
        }
    }

    /// Of several forums that copies of one post tell, that with the smallest key is its own, and the others further ones.
    func tell(forum: Int64, of record: PostRecord) throws {
        guard let known = record.forum, known != forum else {
            record.forum = forum
            return
        }
        let isSmaller = try forumKey(forum) < forumKey(known)
        record.forum = isSmaller ? forum : known
        record.addSide(.forum(isSmaller ? known : forum))
    }

    private func forumKey(_ forum: Int64) throws -> String {
        try String.fetchOne(db.cachedStatement(sql: "SELECT source_key FROM forums WHERE id = ?"), arguments: [forum]) ?? ""
    }
}

extension PostRecord {
    /// Whether a stored post hangs elsewhere than before, or is kept in another container.
    var isMoved: Bool {
        guard let stored else { return false }
        return isDislodged || mustDecide && (parent != storedParent || row.isInContainer != stored.isInContainer)
            || container != nil && container != stored.threadID
    }
}
