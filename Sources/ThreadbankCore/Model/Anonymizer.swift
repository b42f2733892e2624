// Pseudonyms in place of names, for exports that go to others.

/// Replaces the names of people: authors, and mentions of them in what is written.
///
/// ```swift
/// var anonymizer = Anonymizer(secret: "kept to oneself")
/// anonymizer.enter([AuthorReference(key: "ann", name: "ann")])
/// anonymizer.text("as @ann says, ann is right")    // as @person-… says, person-… is right
/// ```
///
/// The same name has the same pseudonym wherever the same secret is used; without the secret no name can be tried out. Posts lose what
/// would lead to their origin: keys become hashes, addresses of posts and accounts go.
///
/// What is replaced in texts: mail addresses; `@name`, `@name@host`, `u/name`; and, as whole words with the same capitals, the names of
/// all who wrote in the thread, with the parts of names that consist of several words; names of several words, or with a digit or `_` in them,
/// whatever their capitals. What is *not*: people who are called by other
/// names, addresses inside of links, and everything by which a text betrays its writer.
public struct Anonymizer: Sendable {
    private let secret: String
    /// Names of the thread's people by the first word of each, the longest first.
    private var names: [String: [Known]] = [:]

    private struct Known {
        /// Where capitals do not matter, without them.
        var text: [UInt8]
        /// Whether it can be nothing but a name, whatever its capitals.
        var isDistinctive: Bool
        var pseudonym: String
    }

    public init(secret: String) { self.secret = secret }

    /// Takes note of who wrote in the thread whose posts come next.
    public mutating func enter(_ people: [AuthorReference]) {
        names = [:]
        for person in people {
            let pseudonym = name(person.name)
            for text in [person.name, person.displayName, person.key] {
                guard let text, !text.isEmpty, !text.contains("://") else { continue }
                add(text, pseudonym)
                let parts = text.split(whereSeparator: \.isWhitespace)
                for part in parts where parts.count > 1 && part.first?.isUppercase == true { add(String(part), pseudonym) }
            }
        }
        for word in names.keys { names[word]?.sort { $0.text.count > $1.text.count } }
    }

    private mutating func add(_ name: String, _ pseudonym: String) {
        let bytes = Array(name.utf8)
        let word = bytes.drop { !Self.isWord($0) }.prefix(while: Self.isWord)
        guard bytes.count > 2, !word.isEmpty, word.startIndex == 0 else { return }
        let isDistinctive = bytes.contains { $0 == 0x20 || $0 == 0x5F || (0x30...0x39).contains($0) }
        let text = isDistinctive ? bytes.map(Self.small) : bytes
        names[String(decoding: word.map(Self.small), as: UTF8.self), default: []].append(
            Known(text: text, isDistinctive: isDistinctive, pseudonym: pseudonym))
    }

    /// The pseudonym of a name, whatever its capitals.
    public func name(_ name: String) -> String { "person-" + hash("name", name.lowercased()).prefix(12) }

    /// A key that leads nowhere.
    public func key(_ key: String) -> String { "k" + hash("key", key).prefix(24) }

    private func hash(_ kind: String, _ text: String) -> String {
        SHA256Hash.hex(of: "\(secret)\u{0}\(kind)\u{0}\(text)\u{0}\(secret)")
    }

    // MARK: Texts

    public func text(_ text: String?) -> String? { text.map { self.text($0) } }

    public func text(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            guard Self.isWord(bytes[at]), at == 0 || !Self.isWord(bytes[at - 1]) else {
                out.append(bytes[at])
                at += 1
                continue
            }
            if let (end, replacement) = replacement(bytes, at) {
                out += replacement.utf8
                at = end
            } else {
                let end = bytes[at...].firstIndex { !Self.isWord($0) } ?? bytes.count
                out += bytes[at..<end]
                at = end
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// What stands for the name that starts at a word; nil where none does.
    private func replacement(_ bytes: [UInt8], _ at: Int) -> (end: Int, text: String)? {
        if at > 0, bytes[at - 1] == UInt8(ascii: "@") {
            var end = Self.endOfHandle(bytes, at)
            let handle = String(decoding: bytes[at..<end], as: UTF8.self)
            // `@name@host`: the host says too much.
            if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "@"), Self.isWord(bytes[end + 1]) {
                end = Self.endOfHandle(bytes, end + 1)
            }
            return (end, name(handle))
        }
        if let end = Self.endOfAddress(bytes, at) {
            return (end, name(String(decoding: bytes[at..<end], as: UTF8.self)) + "@anonymous.invalid")
        }
        let end = bytes[at...].firstIndex { !Self.isWord($0) } ?? bytes.count
        let word = String(decoding: bytes[at..<end], as: UTF8.self)
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "/"), Self.isWord(bytes[end + 1]),
            ["u", "user", "users", "profile", "member", "members", "people"].contains(word.lowercased())
        {
            let last = Self.endOfHandle(bytes, end + 1)
            return (last, word + "/" + name(String(decoding: bytes[(end + 1)..<last], as: UTF8.self)))
        }
        for known in names[String(decoding: bytes[at..<end].map(Self.small), as: UTF8.self)] ?? [] {
            let found = bytes[at...].prefix(known.text.count)
            guard known.isDistinctive ? found.lazy.map(Self.small).elementsEqual(known.text) : found.elementsEqual(known.text)
            else {
                continue
            }
            let last = at + known.text.count
            if last == bytes.count || !Self.isWord(bytes[last]) || !Self.isWord(bytes[last - 1]) {
                return (last, known.pseudonym)
            }
        }
        return nil
    }

    /// ASCII's letters without their capitals.
    private static func small(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    /// Letters, digits, `_`, and everything beyond ASCII.
    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
            || byte >= 0x80
    }

    /// Handles also hold `.` and `-`, but do not end with them.
    private static func endOfHandle(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = bytes[start...].firstIndex { !isWord($0) && $0 != 0x2E && $0 != 0x2D } ?? bytes.count
        while end > start, !isWord(bytes[end - 1]) { end -= 1 }
        return end
    }

    private static func endOfAddress(_ bytes: [UInt8], _ start: Int) -> Int? {
        let local = bytes[start...].prefix(65).firstIndex { !isWord($0) && !".%+-=".utf8.contains($0) }
        guard let at = local, bytes[at] == UInt8(ascii: "@"), at + 1 < bytes.count, isWord(bytes[at + 1]) else { return nil }
        let end = endOfHandle(bytes, at + 1)
        return bytes[(at + 1)..<end].contains(0x2E) ? end : nil
    }
}

extension Anonymizer {
    // MARK: Posts

    /// The copy of a post with pseudonyms, and without what leads to its origin.
    public func post(_ original: ImportedPost) -> ImportedPost {
        var post = original
        post.source.urlTemplate = nil
        post.key = original.key.map(key)
        post.aliases = original.aliases.map(key)
        post.author = original.author.map { author in
            let name = name(author.name)
            return AuthorReference(key: author.key == author.name ? name : key(author.key), name: name)
        }
        if let thread = original.thread { post.thread = ThreadReference(key: key(thread.key), title: text(thread.title)) }
        post.url = nil
        post.title = text(original.title)
        post.body = text(original.body)
        post.parent = original.parent.map(statement)
        post.claims = original.claims.map(statement)
        post.links = original.links.map { PostLink(to: reference($0.target), kind: $0.kind, evidence: text($0.evidence)) }
        post.inferences = original.inferences.map {
            Inference($0.what, basis: $0.basis, confidence: $0.confidence, evidence: text($0.evidence))
        }
        post.attachments = original.attachments.map(attachment)
        post.revisions = original.revisions.map { Revision(seenAt: $0.seenAt, title: text($0.title), body: text($0.body)) }
        post.marks = original.marks.map { mark in
            mark.kind == .tag ? mark : Mark(mark.kind, text(mark.text), on: mark.scope, madeAt: mark.madeAt)
        }
        post.mergedThreads = original.mergedThreads.map(key)
        return post
    }

    /// A thread with pseudonyms, and without what leads to its origin.
    public func contents(_ original: ThreadContents) -> ThreadContents {
        var thread = original.thread
        (thread.title, thread.excerpt) = (text(thread.title), text(thread.excerpt))
        (thread.author, thread.firstAuthor) = (thread.author.map(name), thread.firstAuthor.map(name))
        thread.url = nil
        return original.mapped(thread) { original in
            var post = original
            post.author = original.author.map(name)
            post.authorKey = original.authorKey.map(key)
            post.sourceKey = original.sourceKey.map(key)
            post.url = nil
            (post.title, post.body) = (text(original.title), text(original.body))
            post.reply?.evidence = text(original.reply?.evidence)
            post.attachments = original.attachments.map(attachment)
            return post
        }
    }

    private func attachment(_ original: Attachment) -> Attachment {
        Attachment(name: text(original.name), type: original.type, size: original.size)
    }

    private func statement(_ original: ParentStatement) -> ParentStatement {
        ParentStatement(
            original.parent.map(reference), basis: original.basis, confidence: original.confidence,
            evidence: text(original.evidence),
            witness: original.witness.map(reference))
    }

    private func reference(_ original: PostReference) -> PostReference {
        switch original.name {
        case .key(let text): PostReference(.key(key(text)))
        case .alias(let text): PostReference(.alias(key(text)))
        }
    }
}
