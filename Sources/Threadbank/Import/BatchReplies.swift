// Step 3: the claims decide each post's parent, and the graph is made a forest again.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// Decides every post whose claims, date or state changed, and those whose broken cycle may be gone.
    func decideParents() throws {
        try reconsiderBrokenCycles()
        let changed = records.inOrder.filter(\.mustDecide)
        for record in changed { try decide(record) }
        var search = CycleSearch()
        try search.walk(up: changed.map(\.id)) { post in
            try self.decidedParent(of: post)
        } found: { cycle in
            try self.breakCycle(cycle)
        }
    }

    /// Threads in which an edge may have changed. Above a post of any other thread nothing changed.
    var dirtyThreads: Set<Int64> { Set(records.loaded.compactMap { $0.mustDecide ? $0.stored?.threadID : nil }) }

    /// The parent after this batch's decisions; nil also where nothing above can have changed.
    private func decidedParent(of post: Int64) throws -> Int64? {
        if let record = records[post] {
            if record.mustDecide { return record.parent }
            if record.isNew { return nil }
        }
        return try mayHaveChanged(above: place(of: post).thread) ? parent(of: post) : nil
    }

    private func decide(_ record: PostRecord) throws {
        try loadClaims(record)
        var claims = record.claims ?? []
        for index in claims.indices {
            guard let witness = claims[index].witness, let row = records[witness]?.row else { continue }
            claims[index].witnessDate = row.createdAt
            claims[index].witnessKey = row.sourceKey ?? ""
        }
        claims = claims.withoutRepeatedWitnesses()
        record.claims = claims
        record.isCycleBroken = false
        record.parent = claims.winner(childIsMissing: record.row.state == .missing)?.parent
    }

    /// A cycle loses the edge of its oldest post that is not set by hand.
    private func breakCycle(_ cycle: [Int64]) throws {
        var members: [PostRecord] = []
        for id in cycle {
            guard let record = try record(id) else { continue }
            if !record.mustDecide {
                record.mustDecide = true
                try decide(record)
            }
            members.append(record)
        }
        let free = members.filter { record in
            record.claims?.winner(childIsMissing: record.row.state == .missing)?.basis != .manual
        }
        let oldest = (free.isEmpty ? members : free).min {
            ($0.row.createdAt ?? .max, $0.row.sourceKey ?? "", $0.id) < ($1.row.createdAt ?? .max, $1.row.sourceKey ?? "", $1.id)
        }
        oldest?.parent = nil
        oldest?.isCycleBroken = true
    }

    /// A cycle that was broken earlier may be none any more, when an edge of its thread changes.
    private func reconsiderBrokenCycles() throws {
        dirty = dirtyThreads
        guard !session.cycleBroken.isEmpty else { return }
        // In a tree all of a cycle stands in one thread; through containers it may run across several.
        let isAnywhere = try dirty.contains { try threadRecord($0)?.values.isContainer == true }
        for id in session.cycleBroken where try isAnywhere || dirty.contains(place(of: id).thread) {
            try record(id)?.mustDecide = true
        }
        dirty = dirtyThreads
    }

    /// Whether an edge above a post of a thread may have changed that is in no record. A tree is closed upwards, so only its own
    /// changes matter; the parents of a container's posts may stand in any other thread.
    func mayHaveChanged(above thread: Int64) throws -> Bool {
        try dirty.contains(thread) || threadRecord(thread)?.values.isContainer == true
    }

    /// Where a post stands, looked up once a batch.
    func place(of post: Int64) throws -> PostPlace {
        if let row = records[post]?.stored {
            return PostPlace(thread: row.threadID, isInContainer: row.isInContainer, isMissing: row.state == .missing)
        }
        if let known = placeCache[post] { return known }
        let statement = try statement(.place, SQL.place)
        statement.bind(1, post)
        let place =
            try statement.first {
                PostPlace(thread: $0.number(0) ?? 0, isInContainer: $0.number(1) == 1, isMissing: $0.number(2) == 1)
            } ?? PostPlace(thread: 0, isInContainer: false, isMissing: false)
        placeCache[post] = place
        return place
    }
}

/// The stored thread of a post, whether the origin names it, and whether the post was never seen.
struct PostPlace {
    var thread: Int64
    var isInContainer: Bool
    var isMissing: Bool
}

private enum SQL {
    static let place = "SELECT thread_id, in_container, state = 'missing' FROM posts WHERE id = ?"
}
