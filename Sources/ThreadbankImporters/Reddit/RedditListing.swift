// The things of a Reddit listing, with the answers nested in them.

internal import ThreadbankCore

/// Walks things (`{"kind": "t1", "data": {…}}`) and the lists of answers within them, without recursion.
///
/// A `more` stub stands for comments that were left out. It makes no posts: it tells how many stand below a comment.
struct RedditListing {
    private(set) var posts: [ImportedPost] = []
    /// Kinds of things that are no posts, and how many there were.
    private(set) var others: [String: Int] = [:]
    private var faults = Faults()
    /// Whether the file's texts are escaped, as the last rendered text showed.
    private(set) var escaping: RedditEscaping
    /// Comments left out directly below a post, by its key.
    private var hidden: [String: Int64] = [:]

    struct Faults {
        /// Why things are no posts.
        var refusals: [String] = []
        /// Fields that made no sense.
        var fields: [String] = []
    }

    private enum Field: String, CaseIterable, Sendable {
        case kind, data, children, count
        case parentID = "parent_id"
    }

    private static let names = JSONNames<Field>()

    init() { escaping = .unknown }

    /// A thing with all that stands in it.
    init(_ thing: JSONValue, escaping: RedditEscaping) {
        self.escaping = escaping
        read(thing)
        finish()
    }

    /// What was wrong since the last call.
    mutating func takeFaults() -> Faults {
        defer { faults = Faults() }
        return faults
    }

    /// Reads a thing, or a list of things. ``finish()`` comes after the last.
    mutating func read(_ value: JSONValue) {
        var stack = [value]
        while let value = stack.popLast() {
            if value.isArray {
                var elements: [JSONValue] = []
                value.forEachElement { elements.append($0) }
                stack += elements.reversed()
                continue
            }
            var (kind, data): (String?, JSONValue?)
            value.forEachMember(Self.names) { field, member in
                if field == .kind { kind = member.text } else if field == .data { data = member }
            }
            if let list = visit(kind, data ?? value, isWrapped: data != nil) { stack.append(list) }
        }
    }

    /// Takes one thing. Returns the list of things that it holds.
    private mutating func visit(_ kind: String?, _ data: JSONValue, isWrapped: Bool) -> JSONValue? {
        switch kind {
        case "Listing":
            var children: JSONValue?
            data.forEachMember(Self.names) { if $0 == .children { children = $1 } }
            return children
        case "more":
            noteHidden(data)
            return nil
        case "t1", "t3": break
        case nil where !isWrapped: break
        default:
            others[kind ?? "no kind", default: 0] += 1
            return nil
        }
        let thing = RedditThing(data)
        if let fault = thing.fault { faults.fields.append(fault) }
        if thing.escaping != .unknown { escaping = thing.escaping }
        do {
            posts += try thing.posts(escapedBy: escaping)
        } catch {
            faults.refusals.append(error.reason)
        }
        return thing.replies
    }

    /// A stub without a count ("continue this thread") stands for one comment at least.
    private mutating func noteHidden(_ stub: JSONValue) {
        var (parent, count): (String?, Int64) = (nil, 0)
        stub.forEachMember(Self.names) { field, value in
            if field == .parentID { parent = value.text?.lowercased() }
            if field == .count { count = value.integer ?? 0 }
        }
        if let parent { hidden[parent, default: 0] += max(1, min(count, 1 << 32)) }
    }

    /// Says of each comment with a stub somewhere below it how many comments stand below it, as the listing counts them.
    mutating func finish() {
        guard !hidden.isEmpty else { return }
        var places: [String: Int] = [:]
        for (place, post) in posts.enumerated() where !post.isEmbedded { if let key = post.key { places[key] = place } }
        var below = posts.map { $0.key.map { hidden[$0] ?? 0 } ?? 0 }
        var stubbed = below.map { $0 > 0 }
        // A listing gives answers after what they answer.
        for place in posts.indices.reversed() {
            guard case .key(let parent)? = posts[place].parent?.parent?.name, let above = places[parent], above < place else {
                continue
            }
            below[above] += below[place] + 1
            if stubbed[place] { stubbed[above] = true }
        }
        for place in posts.indices where stubbed[place] && posts[place].key?.hasPrefix("t1_") == true {
            posts[place].replyCount = below[place]
        }
    }
}
