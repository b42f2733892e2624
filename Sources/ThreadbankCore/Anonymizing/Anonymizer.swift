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
/// would lead to their origin: keys become hashes, addresses of posts, accounts, forums and sites go.
///
/// What is replaced in texts, titles, tags, evidence, names of files, forums and sources, in whatever spelling (escaped for Markdown, HTML,
/// addresses or JSON, also twice):
///
/// - mail addresses; `@name`, `@name@host`, `u/name`, `/users/name`, `?user=name`; addresses of people's pages;
/// - names that hardly can be anything else, whatever their capitals, wherever somebody of the archive has them: of several words, with a
///   digit, sign, inner capital or letter beyond ASCII in them, or of five letters and more that are no word of the archive (``Person``);
/// - other names as whole words with the same capitals, and, in threads in which they wrote, the parts of people's names;
/// - everyday words (Will, May, the) in these threads alone, and only with a capital in the middle of a sentence.
///
/// What is *not*: names of one or two letters, or without a letter, where nothing marks them; nicknames; who is no author of the archive;
/// and everything by which a text betrays its writer.
public struct Anonymizer: Sendable {
    private let secret: String
    /// Names of all people of the archive, and of those of the thread.
    var archive = KnownNames()
    var thread = KnownNames()

    /// Somebody of the archive.
    public struct Person: Sendable {
        public var reference: AuthorReference
        /// Whether many posts have the name as a word, compared with what the person wrote: then it stays where nothing marks it.
        public var isWord: Bool

        public init(_ reference: AuthorReference, isWord: Bool) {
            self.reference = reference
            self.isWord = isWord
        }
    }

    public init(secret: String) { self.secret = secret }

    /// Takes note of all people of the archive.
    public mutating func know(_ people: [Person]) {
        for person in people {
            let pseudonym = name(person.reference.name)
            for text in Self.names(of: person.reference) {
                let manner: KnownNames.Manner =
                    switch NameKind(text) {
                    case .tooShort, .everyday: .onlyMarked
                    case .word(let letters): person.isWord ? .onlyMarked : letters >= 5 ? .always : .asWritten
                    case .distinctive: .always
                    }
                archive.add(text, manner, pseudonym)
                if let glued = Self.glued(text) { archive.add(glued, .always, pseudonym) }
            }
            // One of many may have the account.
            if let account = Self.account(of: person.reference) { archive.add(account, .attributed, name(account)) }
        }
        archive.sort()
    }

    /// Takes note of who wrote in the thread whose posts come next.
    public mutating func enter(_ people: [AuthorReference]) {
        thread = KnownNames()
        for person in people {
            let pseudonym = name(person.name)
            for text in Self.names(of: person) {
                let manner: KnownNames.Manner =
                    switch NameKind(text) {
                    case .tooShort: .onlyMarked
                    case .everyday: .insideSentences
                    case .word: .asWritten
                    case .distinctive: .always
                    }
                thread.add(text, manner, pseudonym)
                if let glued = Self.glued(text) { thread.add(glued, .always, pseudonym) }
                let parts = text.split(whereSeparator: \.isWhitespace)
                if parts.count < 2 || RoleWords.occur(in: parts) { continue }
                for part in parts where part.first?.isUppercase == true {
                    switch NameKind(String(part)) {
                    case .tooShort: continue
                    case .everyday: thread.add(String(part), .insideSentences, pseudonym)
                    default: thread.add(String(part), .asWritten, pseudonym)
                    }
                }
            }
            if let account = Self.account(of: person) { thread.add(account, .attributed, pseudonym) }
        }
        thread.sort()
    }

    /// A name of several words as some write it, without spaces; nil where that looks like a word.
    private static func glued(_ name: String) -> String? {
        let parts = name.split(whereSeparator: \.isWhitespace)
        guard parts.count > 1, !name.contains("@") else { return nil }
        let glued = parts.joined()
        guard case .distinctive = NameKind(glued), glued.utf8.count > 5, !EverydayWords.contains(glued) else { return nil }
        return glued
    }

    /// What stands before the `@` of somebody's address; nil for words by which anybody speaks of anybody.
    private static func account(of person: AuthorReference) -> String? {
        let parts = person.key.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count > 1, parts[0].contains(where: \.isLetter),
            !parts[0].contains(where: \.isWhitespace)
        else { return nil }
        return ["he", "she", "it", "we", "they", "you", "who", "someone", "one"].contains(parts[0].lowercased())
            ? nil : String(parts[0])
    }

    private static func names(of person: AuthorReference) -> [String] {
        [person.name, person.displayName, person.key, person.url].compactMap(\.self).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }

    /// What a name looks like.
    private enum NameKind {
        case tooShort, everyday, distinctive
        case word(letters: Int)

        init(_ name: String) {
            let scalars = name.unicodeScalars.map(\.value)
            let isDigits = scalars.allSatisfy { WordPart($0) == .gap || (0x30...0x39).contains($0) }
            let room = scalars.reduce(0) { $0 + (WordPart($1) == .single ? 2 : 1) }
            if isDigits || room < 3 {
                self = .tooShort
            } else if !scalars.allSatisfy({ (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }) {
                self = .distinctive
            } else if EverydayWords.contains(name) {
                self = .everyday
            } else {
                let small = scalars.firstIndex { $0 >= 0x61 } ?? scalars.count
                self = scalars[small...].contains { $0 < 0x61 } ? .distinctive : .word(letters: scalars.count)
            }
        }
    }

    /// The pseudonym of a name, whatever its capitals.
    public func name(_ name: String) -> String { "person-" + hash("name", name.lowercased()).prefix(12) }

    /// A key that leads nowhere.
    public func key(_ key: String) -> String { "k" + hash("key", key).prefix(24) }

    private func hash(_ kind: String, _ text: String) -> String {
        SHA256Hash.hex(of: "\(secret)\u{0}\(kind)\u{0}\(text)\u{0}\(secret)")
    }
}
