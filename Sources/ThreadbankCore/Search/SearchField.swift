// The fields of the search language, and how their values are read and printed.

/// A condition on something other than the text.
public enum SearchField: Sendable, Equatable {
    /// The author's name, display name or key, folded; `*` stands for any characters. As are the next three.
    case author(String)
    /// A forum's name or key, the further forums of a cross-post included.
    case forum(String)
    /// A source's kind or name.
    case source(String)
    /// A tag of the thread.
    case tag(String)
    case thread(DiscussionThread.ID)
    /// At the start of the unit or later.
    case after(SearchDate)
    /// Before the start of the unit.
    case before(SearchDate)
    /// From the start of the first unit to the end of the second one; nil is open.
    case date(SearchDate?, SearchDate?)
    case score(ClosedRange<Int64>)
    case `is`(Property)
    case has(Part)

    /// What `is:` knows.
    public enum Property: String, Sendable, CaseIterable {
        /// The states of ``PostState``.
        case present, deleted, removed, missing
        /// Its text was changed after it was posted.
        case edited
        /// It answers nothing, or it answers a post.
        case root, reply
        /// Its parent, or anything else about it, was not stated by the origin.
        case inferred
    }

    /// What `has:` knows.
    public enum Part: String, Sendable, CaseIterable {
        /// A web address in its text, or a tie to another post.
        case link
        case attachment
    }

    /// The name and value as they are typed, without the colon between them.
    var parts: (name: Name, value: String) {
        switch self {
        case .author(let pattern): (.author, pattern)
        case .forum(let pattern): (.in, pattern)
        case .source(let pattern): (.source, pattern)
        case .tag(let pattern): (.tag, pattern)
        case .thread(let id): (.thread, String(id.rawValue))
        case .after(let date): (.after, date.description)
        case .before(let date): (.before, date.description)
        case .date(let first, let last):
            (.date, first == last ? first?.description ?? "" : (first?.description ?? "") + ".." + (last?.description ?? ""))
        case .score(let range): (.score, Self.text(of: range))
        case .is(let property): (.is, property.rawValue)
        case .has(let part): (.has, part.rawValue)
        }
    }

    private static func text(of range: ClosedRange<Int64>) -> String {
        if range.lowerBound == range.upperBound { return String(range.lowerBound) }
        if range.upperBound == .max { return ">=\(range.lowerBound)" }
        if range.lowerBound == .min { return "<=\(range.upperBound)" }
        return "\(range.lowerBound)..\(range.upperBound)"
    }
}

extension SearchField {
    /// The names that stand before a colon; `by:` is another word for `author:`.
    enum Name: String, CaseIterable {
        case author, title, own, quoted, `in`, source, tag, thread, after, before, date, score, `is`, has

        init?(typed name: String) {
            let name = name.lowercased()
            self.init(rawValue: name == "by" ? "author" : name)
        }

        /// The part of a post that it names; nil where it is no text.
        var column: SearchText.Column? { SearchText.Column(rawValue: rawValue) }
    }

    /// Reads a value; `title:`, `own:` and `quoted:` are no fields but texts, and give nil.
    ///
    /// - throws: ``Complaint`` where the value makes no sense.
    init?(_ name: Name, _ value: String) throws(Complaint) {
        switch name {
        case .title, .own, .quoted: return nil
        case .author: self = .author(value)
        case .in: self = .forum(value)
        case .source: self = .source(value)
        case .tag: self = .tag(value)
        case .thread:
            guard let id = DiscussionThread.ID(text: value) else {
                throw Complaint("`thread:` wants a thread's number or a query, as in thread:12 or thread:{bread}")
            }
            self = .thread(id)
        case .after: self = .after(try Self.date(value))
        case .before: self = .before(try Self.date(value))
        case .date:
            let ends = try Self.ends(value) { text throws(Complaint) in try Self.date(text) }
            if let first = ends.first, let last = ends.last, first.start >= last.end {
                throw Complaint("these dates end before they start; write date:\(last)..\(first)")
            }
            self = .date(ends.first, ends.last)
        case .score: self = .score(try Self.scores(value))
        case .is: self = .is(try Self.choice(value, "is"))
        case .has: self = .has(try Self.choice(value, "has"))
        }
    }

    /// Why a value makes no sense, and what would.
    struct Complaint: Error {
        let message: String
        init(_ message: String) { self.message = message }
    }

    private static func date(_ text: String) throws(Complaint) -> SearchDate {
        guard let date = SearchDate(text) else {
            throw Complaint("no such date; write 2023, 2023-06, 2023-06-01 or 2023-06-01T10:30")
        }
        return date
    }

    private static func scores(_ text: String) throws(Complaint) -> ClosedRange<Int64> {
        let complaint = Complaint("`score:` wants a number, as in score:10, score:>10, score:<=0 or score:5..20")
        let sign = text.prefix { "<>=".contains($0) }
        if sign.isEmpty {
            let ends = try ends(text) { text throws(Complaint) in
                guard let number = Int64(text) else { throw complaint }
                return number
            }
            let (low, high) = (ends.first ?? .min, ends.last ?? .max)
            guard low <= high else { throw Complaint("these scores end before they start; write score:\(high)..\(low)") }
            return low...high
        }
        guard let number = Int64(text.dropFirst(sign.count)) else { throw complaint }
        switch sign {
        case ">" where number < .max: return (number + 1)...(.max)
        case "<" where number > .min: return (.min)...(number - 1)
        case ">=", "=>": return number...(.max)
        case "<=", "=<": return (.min)...number
        case "=": return number...number
        default: throw complaint
        }
    }

    /// `A..B`, `A..`, `..B`, or `A` alone, which is both ends.
    private static func ends<End>(_ text: String, _ read: (String) throws(Complaint) -> End) throws(Complaint)
        -> (first: End?, last: End?)
    {
        let scalars = Array(text.unicodeScalars)
        guard let dots = scalars.indices.dropLast().first(where: { scalars[$0] == "." && scalars[$0 + 1] == "." }) else {
            let end = try read(text)
            return (end, end)
        }
        let first = String(String.UnicodeScalarView(scalars[..<dots]))
        let last = String(String.UnicodeScalarView(scalars[(dots + 2)...]))
        if first.isEmpty, last.isEmpty { throw Complaint("a range needs an end: A..B, A.. or ..B") }
        return (first.isEmpty ? nil : try read(first), last.isEmpty ? nil : try read(last))
    }

    private static func choice<Choice>(_ text: String, _ name: String) throws(Complaint) -> Choice
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
        if let choice = Choice(rawValue: text.lowercased()) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw Complaint("`\(name):` knows \(known)")
    }
}
