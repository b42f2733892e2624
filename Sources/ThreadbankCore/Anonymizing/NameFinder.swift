// Where names stand in a text: known ones, marked ones, addresses.

/// Looks for names in one spelling of a text.
struct NameFinder {
    struct Place {
        /// Bytes of the text.
        var start: Int
        var end: Int
        var replacement: String
    }

    /// From one scalar to another.
    private typealias Found = (start: Int, end: Int, replacement: String)

    private let anonymizer: Anonymizer
    private let known: [KnownNames]

    init(_ anonymizer: Anonymizer, _ known: [KnownNames]) {
        self.anonymizer = anonymizer
        self.known = known.filter { !$0.isEmpty }
    }

    func places(in text: SpelledText) -> [Place] {
        var (places, at, free): ([Place], Int, Int) = ([], 0, 0)
        let count = text.scalars.count
        var before = WordPart.gap
        while at < count {
            let part = WordPart(text.scalars[at])
            defer { before = at > 0 && at <= count ? WordPart(text.scalars[at - 1]) : .gap }
            let isStart = part == .single || part == .letter && before != .letter
            guard isStart || part == .letter && SemiticPrefix.ends(before: at, in: text.scalars) else {
                at += 1
                continue
            }
            if let found = isStart ? find(text, at) : name(text, at), found.start >= free {
                places.append(
                    Place(start: text.starts[found.start], end: text.starts[found.end], replacement: found.replacement))
                at = max(found.end, at + 1)
                free = at
            } else {
                at += 1
            }
        }
        return places
    }

    private func find(_ text: SpelledText, _ at: Int) -> Found? {
        var handle = at
        while handle > 0, text.scalars[handle - 1] == 0x5F { handle -= 1 }
        if handle > 0, text.scalars[handle - 1] == 0x40 { return marked(text, handle, at) }
        if let found = mailAddress(text, at) ?? webAddress(text, at) { return found }
        if let start = markedStart(text, at) { return marked(text, start, start) }
        return name(text, at)
    }

    // MARK: Names

    /// The longest name that begins at a word.
    private func name(_ text: SpelledText, _ at: Int, isMarked: Bool = false) -> Found? {
        var longest: Found?
        for names in known {
            for name in names.candidates(text, at) where name.manner != (isMarked ? .attributed : .onlyMarked) {
                guard let (start, end) = extent(of: name, text, at, isMarked), end > longest?.end ?? 0 else { continue }
                longest = (start, end, name.pseudonym)
                break
            }
        }
        return longest ?? (isMarked || text.isASCII ? nil : inflected(text, at))
    }

    /// A name with an ending of one to three letters: `Иванову`.
    private func inflected(_ text: SpelledText, _ at: Int) -> Found? {
        let word = text.scalars[at...].prefix { WordPart($0) == .letter }
        guard word.count > 5, word.contains(where: { $0 >= 0x80 }) else { return nil }
        for length in 1...3 {
            for names in known {
                for name in names.candidates(text, at, upTo: word.endIndex - length) where name.takesEndings {
                    if let (start, end) = extent(of: name, text, at, false) { return (start, end, name.pseudonym) }
                }
            }
        }
        return nil
    }

    private func extent(of name: KnownNames.Name, _ text: SpelledText, _ at: Int, _ isMarked: Bool) -> (Int, Int)? {
        let isExact = !isMarked && name.manner == .asWritten
        let (theirs, ours) = isExact ? (text.scalars, name.exact) : (text.folded, name.folded)
        let start = at - name.wordStart
        guard start >= 0 else { return nil }
        for place in 0..<name.wordStart where ours[place] != theirs[start + place] {
            guard ours[place] == 0x20, KnownNames.isSeparator(theirs[start + place]) else { return nil }
        }
        var end = at
        for scalar in ours[name.wordStart...] {
            if scalar == 0x20 {
                let first = end
                while end < theirs.count, end - first < 8, KnownNames.isSeparator(theirs[end]) { end += 1 }
                if end == first { return nil }
            } else {
                guard end < theirs.count, theirs[end] == scalar else { return nil }
                end += 1
            }
        }
        if end < theirs.count, WordPart(theirs[end - 1]) == .letter, WordPart(theirs[end]) == .letter {
            guard name.takesEndings, !isMarked, theirs[end...].prefix(4).prefix(while: { WordPart($0) == .letter }).count < 4
            else { return nil }
        }
        if isMarked || name.manner == .always { return (start, end) }
        if name.manner == .attributed, !Attribution.isAround(start..<end, in: text.folded) { return nil }
        // `_ann_` is emphasis, `ann_x` another word.
        if Self.goesOn(text, end, by: 1) || Self.goesOn(text, start - 1, by: -1) { return nil }
        if name.manner == .insideSentences, !Self.isInsideSentence(text, start) { return nil }
        return (start, end)
    }

    private static func goesOn(_ text: SpelledText, _ start: Int, by step: Int) -> Bool {
        var at = start
        while text.scalars.indices.contains(at), text.scalars[at] == 0x5F { at += step }
        return at != start && text.scalars.indices.contains(at) && WordPart(text.scalars[at]) == .letter
    }

    /// A capital and small letters behind another word of the same sentence.
    private static func isInsideSentence(_ text: SpelledText, _ start: Int) -> Bool {
        guard (0x41...0x5A).contains(text.scalars[start]) else { return false }
        let end = text.scalars[start...].firstIndex { WordPart($0) != .letter } ?? text.scalars.count
        guard text.scalars[(start + 1)..<end].elementsEqual(text.folded[(start + 1)..<end]) else { return false }
        let before = text.scalars[..<start].lastIndex { $0 != 0x20 && $0 != 0x0A } ?? -1
        guard before >= 0, before < start - 1 else { return false }
        return WordPart(text.scalars[before]) == .letter || text.scalars[before] == 0x2C
    }

    // MARK: Marked names

    /// A name that a sign says to be one. `@name@host`: the host says too much.
    private func marked(_ text: SpelledText, _ start: Int, _ word: Int) -> Found {
        var end = endOfHandle(text, word)
        let handle = string(text, start..<end)
        var replacement = anonymizer.name(handle)
        if WordPart(text.scalars[word]) != .gap, let known = name(text, word, isMarked: true), known.end >= end {
            (end, replacement) = (known.end, known.replacement)
        }
        if end + 1 < text.scalars.count, text.scalars[end] == 0x40, WordPart(text.scalars[end + 1]) != .gap {
            end = endOfHandle(text, end + 1)
        }
        // `users/123/jon-doe`.
        if handle.utf8.allSatisfy({ (0x30...0x39).contains($0) }), end + 1 < text.scalars.count, text.scalars[end] == 0x2F,
            WordPart(text.scalars[end + 1]) != .gap
        {
            end = endOfHandle(text, end + 1)
        }
        return (start, end, replacement)
    }

    /// Where a name begins that the word before it announces: `u/name`, `/users/name`, `/~name`, `?user=name`, `user?id=name`.
    private func markedStart(_ text: SpelledText, _ at: Int) -> Int? {
        guard at > 1 else { return nil }
        let sign = text.scalars[at - 1]
        if sign == 0x7E { return text.scalars[at - 2] == 0x2F ? at : nil }
        guard sign == 0x2F || sign == 0x3D else { return nil }
        var start = at - 1
        while start > 0, at - start < 12, WordPart(text.scalars[start - 1]) == .letter { start -= 1 }
        let word = string(text, start..<(at - 1)).lowercased()
        let before: UInt32 = start > 0 ? text.scalars[start - 1] : 0x20
        if sign == 0x2F { return word == "u" && before != 0x2E || Self.folders.contains(word) && before == 0x2F ? at : nil }
        if Self.parameters.contains(word), [0x3F, 0x26, 0x3B].contains(before) { return at }
        let isUserID =
            word == "id" && before == 0x3F && start > 4 && string(text, (start - 5)..<(start - 1)).lowercased() == "user"
        return isUserID ? at : nil
    }

    private static let folders: Set<String> = [
        "user", "users", "profile", "profiles", "member", "members", "people", "author", "authors",
    ]
    private static let parameters: Set<String> = ["user", "username", "author", "login", "member", "by"]

    // MARK: Addresses

    private func mailAddress(_ text: SpelledText, _ at: Int) -> Found? {
        let local = text.scalars[at...].prefix(65).firstIndex {
            WordPart($0) == .gap && ![0x2E, 0x25, 0x2B, 0x2D, 0x3D, 0x5F].contains($0)
        }
        guard let sign = local, sign + 1 < text.scalars.count else { return nil }
        var host = sign + 1
        if text.scalars[sign] == 0x20 {
            // `name at host`, as lists' archives write it: no more than a guess, so only those that are known.
            guard host + 3 < text.scalars.count, text.folded[host] == 0x61, text.folded[host + 1] == 0x74,
                text.scalars[host + 2] == 0x20
            else { return nil }
            host += 3
        } else if text.scalars[sign] != 0x40 {
            return nil
        }
        guard WordPart(text.scalars[host]) != .gap else { return nil }
        let end = endOfHandle(text, host)
        guard text.scalars[host..<end].contains(0x2E) else { return nil }
        let address = string(text, at..<sign) + "@" + string(text, host..<end)
        let pseudonym = known.lazy.compactMap { $0.addresses[address.lowercased()] }.first
        if pseudonym == nil, text.scalars[sign] == 0x20 { return nil }
        return (at, end, (pseudonym ?? anonymizer.name(address)) + "@anonymous.invalid")
    }

    /// The address of somebody's page.
    private func webAddress(_ text: SpelledText, _ at: Int) -> Found? {
        guard text.folded[at] == 0x68, known.contains(where: { !$0.addresses.isEmpty }) else { return nil }
        var end =
            text.scalars[at...].prefix(2_000).firstIndex { $0 <= 0x20 || Self.endsOfAddresses.contains($0) }
            ?? min(text.scalars.count, at + 2_000)
        guard text.scalars[at..<min(end, at + 8)].contains(0x3A) else { return nil }
        while end > at, let address = KnownNames.withoutScheme(string(text, at..<end)) {
            if let pseudonym = known.lazy.compactMap({ $0.addresses[address] }).first { return (at, end, pseudonym) }
            // What ends the sentence is no part of it.
            guard [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F].contains(text.scalars[end - 1]) else { return nil }
            end -= 1
        }
        return nil
    }

    /// `"`, `'`, `)`, `<`, `>`, `]`.
    private static let endsOfAddresses: [UInt32] = [0x22, 0x27, 0x29, 0x3C, 0x3E, 0x5D]

    /// Handles also hold `.` and `-`, but do not end with them.
    private func endOfHandle(_ text: SpelledText, _ start: Int) -> Int {
        var end =
            text.scalars[start...].firstIndex {
                WordPart($0) == .gap && $0 != 0x5F && $0 != 0x2E && $0 != 0x2D
            } ?? text.scalars.count
        while end > start, text.scalars[end - 1] == 0x2E || text.scalars[end - 1] == 0x2D { end -= 1 }
        return end
    }

    private func string(_ text: SpelledText, _ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(text.scalars[range].compactMap(Unicode.Scalar.init)))
    }
}
