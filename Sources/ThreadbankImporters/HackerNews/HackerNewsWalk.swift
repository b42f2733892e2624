// Where the items stand in a text, nested ones too.

internal import ThreadbankCore

/// Follows a walk over JSON and hands on one item after the other. Items that stand in one another are put together from their fields on
/// the way, a parent before what stands in it, so that no depth costs memory or the stack.
struct HackerNewsWalk {
    /// An item that is being read.
    private struct Open {
        /// How many keys lead to it.
        var depth: Int
        var offset: Int
        var fields: [(key: String, value: [UInt8])] = []
        /// Whether it was handed on, as happens when the items in it begin.
        var isGiven = false

        var hasID: Bool { fields.contains { $0.key == "id" } }
    }

    private var open: [Open] = []
    /// How many records were found.
    private(set) var found = 0
    private var lists = 0
    private var strangers = 0
    private let give: (_ bytes: [UInt8], _ place: ImportDiagnostic.Place, _ isNested: Bool) throws -> Void

    init(_ give: @escaping (_ bytes: [UInt8], _ place: ImportDiagnostic.Place, _ isNested: Bool) throws -> Void) {
        self.give = give
    }

    /// Whether this was a reply of one of the APIs that holds no item: `[]`, `{"hits": []}`.
    var isEmptyPage: Bool { found == 0 && strangers == 0 && lists > 0 }

    mutating func decide(_ place: JSONRecords.Place) throws -> JSONRecords.Step {
        try close(to: place.path.count)
        let isField = open.last.map { place.path.count == $0.depth + 1 } ?? false
        if place.isArray {
            guard !open.isEmpty else {
                if place.path.isEmpty || ["hits", "comments"].contains(place.path.last) { lists += 1 }
                return .enter
            }
            guard isField, let key = place.path.last else { return .skip }
            if key == "children" {
                if open.last?.hasID == true { try giveLast() }
                return .enter
            }
            return HackerNewsItem.keys.contains(key) ? .take : .skip
        }
        if !open.isEmpty {
            guard isField, place.path.last == "children" else { return .skip }
            open.append(Open(depth: place.path.count, offset: place.offset))
            return .enter
        }
        let keys = place.keys
        guard HackerNewsItem.hasKeys(of: keys) else {
            if lists > 0 || !keys.isEmpty && keys.isDisjoint(with: ["hits", "comments"]) { strangers += 1 }
            return .enter
        }
        guard keys.contains("children") || keys.contains("created_at_i") && !keys.contains("objectID") else { return .take }
        open.append(Open(depth: place.path.count, offset: place.offset))
        return .enter
    }

    /// A text, number, true, false or null.
    mutating func scalar(_ record: JSONRecord) throws {
        try close(to: record.path.count)
        add(record)
    }

    /// What was taken whole: an item, or a field of one.
    mutating func record(_ record: JSONRecord) throws {
        if !open.isEmpty { return add(record) }
        found += 1
        try give(record.bytes, record.place, false)
    }

    /// The text has ended.
    mutating func end() throws { try close(to: 0) }

    private mutating func add(_ record: JSONRecord) {
        guard let key = record.path.last, let last = open.last, record.path.count == last.depth + 1,
            HackerNewsItem.keys.contains(key)
        else { return }
        open[open.count - 1].fields.append((key, record.bytes))
        // It tells more after the items in it than before.
        open[open.count - 1].isGiven = false
    }

    /// Ends the items that are no longer read when something of that depth comes.
    private mutating func close(to depth: Int) throws {
        while let last = open.last, last.depth >= depth {
            try giveLast()
            open.removeLast()
        }
    }

    private mutating func giveLast() throws {
        guard let last = open.last, !last.isGiven else { return }
        open[open.count - 1].isGiven = true
        found += 1
        let fields = last.fields.map { Array("\"\($0.key)\":".utf8) + $0.value }
        try give(
            [UInt8(ascii: "{")] + fields.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")], .byte(last.offset), true)
    }
}
