// Builds a reply tree from entries in any order: duplicates out, cycles cut, siblings sorted, one walk without recursion.

extension ReplyTree {
    /// Builds the tree. Whatever the entries say, every id comes out exactly once:
    ///
    /// - of entries with the same id, the first is kept;
    /// - a post whose parent is not among them is a root, and so is one that answers itself;
    /// - a cycle loses the edge of its oldest post (by date, undated last; then source key; then id) that was not set by hand.
    ///
    /// The same entries in another order give the same tree (but for ``Node/entry``).
    ///
    /// - parameter order: how siblings stand, roots too.
    /// - parameter first: the opening post, which stands before all other roots whatever the order.
    /// - complexity: O(n) and the sorting of siblings.
    public init(_ entries: [Entry], order: SiblingOrder = .oldest, first: Post.ID? = nil) {
        var kept: [Int] = []
        kept.reserveCapacity(entries.count)
        let positions = Positions(entries, &kept)
        var parents = [Int](repeating: Self.none, count: entries.count)
        for index in kept {
            guard let parent = entries[index].parentID.flatMap({ positions.first(of: $0) }), parent != index else { continue }
            parents[index] = parent
        }
        Self.cutCycles(entries, kept, &parents)
        let families = Families(parents: parents, kept: kept) { a, b in
            if let first, parents[a] == Self.none, entries[a].id == first || entries[b].id == first {
                return entries[a].id == first && entries[b].id != first
            }
            return order.precedes(entries[a], entries[b])
        }
        self.init(nodes: Self.walk(entries, kept.count, families))
    }

    /// Builds the tree as ``init(_:order:first:)``, and counts what stands below each post first where the order asks for it.
    public init(counting entries: [Entry], order: SiblingOrder, first: Post.ID?) {
        guard order == .best else {
            self.init(entries, order: order, first: first)
            return
        }
        var entries = entries
        for node in ReplyTree(entries).nodes { entries[node.entry].descendants = node.descendants }
        self.init(entries, order: order, first: first)
    }

    /// Stands for "has no parent": an optional would double the arrays.
    private static let none = -1

    /// Every post has one parent at most, so a walk up from it either ends or runs into one cycle.
    private static func cutCycles(_ entries: [Entry], _ kept: [Int], _ parents: inout [Int]) {
        var walkOf = [Int](repeating: none, count: entries.count)
        for start in kept where walkOf[start] == none {
            var at = start
            while at != none, walkOf[at] == none {
                walkOf[at] = start
                at = parents[at]
            }
            // Ended at a root, or on a path that was walked before, whose cycle is already cut.
            guard at != none, walkOf[at] == start else { continue }
            var oldest = at
            var next = parents[at]
            while next != at {
                if SiblingOrder.oldestOfCycle(entries[next], entries[oldest]) { oldest = next }
                next = parents[next]
            }
            parents[oldest] = none
        }
    }

    /// Pre-order with a stack of its own; `end` and the counts are filled in backwards, children before parents.
    private static func walk(_ entries: [Entry], _ count: Int, _ families: Families) -> [Node] {
        var order: [(entry: Int, parent: Int, depth: Int)] = []
        order.reserveCapacity(count)
        var stack = families.roots.reversed().map { (entry: $0, parent: none, depth: 0) }
        while let top = stack.popLast() {
            let position = order.count
            order.append(top)
            for child in families.children(of: top.entry).reversed() {
                stack.append((child, position, top.depth + 1))
            }
        }
        var ends = [Int](repeating: 0, count: order.count)
        for position in order.indices.reversed() {
            ends[position] = max(ends[position], position + 1)
            let parent = order[position].parent
            if parent != none { ends[parent] = max(ends[parent], ends[position]) }
        }
        return order.indices.map { position in
            let (entry, parent, depth) = order[position]
            return Node(
                id: entries[entry].id, entry: entry, parent: parent == none ? nil : parent, depth: depth, end: ends[position],
                descendants: ends[position] - position - 1)
        }
    }
}

/// Where the entry of an id stands: in a table by id where the ids stand close to each other, as those of an import do, else by hash.
private struct Positions {
    private var table: [Int32] = []
    private var least: Int64 = 0
    private var hashed: [Post.ID: Int] = [:]

    /// - parameter kept: gets the entries whose ids no entry before them has.
    init(_ entries: [ReplyTree.Entry], _ kept: inout [Int]) {
        var greatest = Int64.min
        least = .max
        for entry in entries {
            least = min(least, entry.id.rawValue)
            greatest = max(greatest, entry.id.rawValue)
        }
        let (span, overflow) = greatest.subtractingReportingOverflow(least)
        if !entries.isEmpty, !overflow, span < 4 * Int64(entries.count), entries.count < Int32.max {
            table = [Int32](repeating: -1, count: Int(span) + 1)
            for index in entries.indices {
                let slot = Int(entries[index].id.rawValue - least)
                guard table[slot] < 0 else { continue }
                table[slot] = Int32(index)
                kept.append(index)
            }
        } else {
            hashed.reserveCapacity(entries.count)
            for index in entries.indices where hashed[entries[index].id] == nil {
                hashed[entries[index].id] = index
                kept.append(index)
            }
        }
    }

    func first(of id: Post.ID) -> Int? {
        if table.isEmpty { return hashed[id] }
        let (slot, overflow) = id.rawValue.subtractingReportingOverflow(least)
        guard !overflow, slot >= 0, slot < table.count, table[Int(slot)] >= 0 else { return nil }
        return Int(table[Int(slot)])
    }
}

/// All sibling groups in one array, each sorted: the children of entry i are `members[starts[i]..<starts[i + 1]]`.
private struct Families {
    private var starts: [Int]
    private var members: [Int]

    init(parents: [Int], kept: [Int], isBefore: (Int, Int) -> Bool) {
        // Slot 0 holds the roots, slot i + 1 the children of entry i.
        starts = [Int](repeating: 0, count: parents.count + 2)
        members = [Int](repeating: 0, count: kept.count)
        for index in kept { starts[parents[index] + 2] += 1 }
        for slot in 1..<starts.count { starts[slot] += starts[slot - 1] }
        var free = starts
        for index in kept {
            let slot = parents[index] + 1
            members[free[slot]] = index
            free[slot] += 1
        }
        for slot in 0..<starts.count - 1 where starts[slot + 1] - starts[slot] > 1 {
            members[starts[slot]..<starts[slot + 1]].sort(by: isBefore)
        }
    }

    var roots: ArraySlice<Int> { members[starts[0]..<starts[1]] }

    func children(of entry: Int) -> ArraySlice<Int> { members[starts[entry + 1]..<starts[entry + 2]] }
}
