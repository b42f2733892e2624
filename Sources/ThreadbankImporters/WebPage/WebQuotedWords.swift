// Which post of a page said what another one quotes, where only the words tell.

internal import ThreadbankCore

/// The words of a page's posts, as runs of four in a line.
struct WebQuotedWords {
    /// The posts that hold a run; of runs that many hold only the first few.
    private var posts: [Int: [Int32]] = [:]
    private var count = 0

    private static let length = 4
    private static let mostPosts = 8
    /// A page of more words is not looked through: the runs of a million take 100 MB.
    private static let most = 1_000_000

    /// Takes what the author of a post wrote.
    mutating func add(_ markdown: String, at place: Int) {
        for line in Self.lines(of: markdown, depth: 0) {
            for run in Self.runs(line) where count < Self.most {
                count += 1
                let known = posts[run, default: []]
                if known.count < Self.mostPosts, known.last != Int32(place) { posts[run, default: []].append(Int32(place)) }
            }
        }
    }

    /// The only post that holds four in five of the runs of a post's first quotation that any post holds so; and whether all of them.
    func source(of markdown: String) -> (post: Int, isWhole: Bool)? {
        for quotation in Self.quotations(in: markdown) {
            var runs = quotation.map(Self.runs)
            // The first line may say who is quoted.
            if runs.count > 1, runs.dropFirst().contains(where: { !$0.isEmpty }) { runs.removeFirst() }
            let all = runs.joined()
            var found: [Int32: Int] = [:]
            for run in all { for post in posts[run] ?? [] { found[post, default: 0] += 1 } }
            let sources = found.filter { $0.value * 5 >= all.count * 4 }
            if sources.count > 1 { return nil }
            if let source = sources.first { return (Int(source.key), source.value == all.count) }
        }
        return nil
    }

    /// Lines of quotations that are no quotations in quotations, one list for lines that stand together.
    private static func quotations(in markdown: String) -> [[Substring]] {
        var quotations: [[Substring]] = []
        var isOpen = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let depth = depth(of: line)
            if depth == 0 {
                isOpen = false
            } else if depth == 1 {
                if !isOpen { quotations.append([]) }
                isOpen = true
                quotations[quotations.count - 1].append(line)
            }
        }
        return quotations
    }

    private static func lines(of markdown: String, depth: Int) -> [Substring] {
        markdown.split(separator: "\n").filter { Self.depth(of: $0) == depth }
    }

    private static func depth(of line: Substring) -> Int { line.utf8.prefix { $0 == 0x3E || $0 == 0x20 }.count { $0 == 0x3E } }

    private static func runs(_ line: Substring) -> [Int] {
        let words = line.lowercased().split { !$0.isLetter && !$0.isNumber }.map { WebName.hash($0.utf8) }
        guard words.count >= length else { return [] }
        return (0...(words.count - length)).map { start in
            Int(truncatingIfNeeded: words[start..<start + length].reduce(0) { ($0 &* 31) ^ $1 })
        }
    }
}

extension WebReading {
    /// Hangs posts of which nothing else is known below those that they quote: by what a quotation names, else by its words. The bodies
    /// are Markdown by now.
    mutating func hangByQuotes() {
        let places = WebPostPlaces(posts)
        var words = WebQuotedWords()
        let areWordsAsked = posts.contains { $0.parent == .opening && $0.wording.contains(">") }
        for place in posts.indices {
            posts[place].quoted = posts[place].quotes.compactMap(places.place).filter { $0 != place }
            if posts[place].parent == .opening, let other = posts[place].quoted.first, other < place {
                posts[place].parent = .place(other, .quote, 0.8, "it quotes that post")
            }
            guard areWordsAsked else { continue }
            let text = posts[place].wording
            if posts[place].parent == .opening, let source = words.source(of: text) {
                posts[place].parent = .place(source.post, .quote, source.isWhole ? 0.9 : 0.8, "it quotes words of that post")
            }
            words.add(text, at: place)
        }
    }
}

/// The posts of a page by what links and attributes call them.
private struct WebPostPlaces {
    private var places: [String: Int] = [:]
    /// By the number in their ids; nil for a number that several have.
    private var numbers: [Substring: Int?] = [:]

    init(_ posts: [WebPost]) {
        for (place, post) in posts.enumerated() {
            guard let id = post.id, places[id] == nil else { continue }
            places[id] = place
            let number = id.drop { !$0.isNumber }
            if !number.isEmpty { numbers.updateValue(numbers.keys.contains(number) ? nil : place, forKey: number) }
        }
    }

    /// By the id that a value ends with, or by the number in it.
    func place(_ value: String) -> Int? {
        let id = WebLayout.identifier(value)
        return places[id] ?? numbers[id.drop { !$0.isNumber }] ?? nil
    }
}
