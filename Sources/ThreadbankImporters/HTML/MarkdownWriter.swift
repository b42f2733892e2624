// Blocks in quotes and lists: which prefix each line bears.

/// Writes blocks one below the other, in whatever quotes and list items are open.
struct MarkdownWriter {
    /// What stands between a block and the one before it.
    enum Gap: Int, Comparable {
        /// A new line.
        case line
        /// An empty line, unless a list item comes.
        case item
        /// An empty line.
        case blank

        static func < (a: Gap, b: Gap) -> Bool { a.rawValue < b.rawValue }
    }

    private struct Container {
        /// The prefix of the first line, and that of the others.
        var first: [UInt8]
        var rest: [UInt8]
        var isFirst = true
    }

    private(set) var text: [UInt8] = []
    private var containers: [Container] = []
    /// How many of the containers held the last line too.
    private var shared = 0
    private var gap = Gap.line
    /// Containers beyond the deepest that is shown: a prefix costs its length on every line.
    private var tooDeep = 0
    private static let deepest = 24

    mutating func openQuote() { open(Array("> ".utf8), Array("> ".utf8)) }

    /// - parameter marker: `- `, `12. `, or spaces.
    mutating func openItem(_ marker: String) { open(Array(marker.utf8), [UInt8](repeating: 0x20, count: marker.utf8.count)) }

    private mutating func open(_ first: [UInt8], _ rest: [UInt8]) {
        if containers.count < Self.deepest { containers.append(Container(first: first, rest: rest)) } else { tooDeep += 1 }
    }

    mutating func close() {
        if tooDeep > 0 { tooDeep -= 1 } else if !containers.isEmpty { containers.removeLast() }
        shared = min(shared, containers.count)
    }

    /// Asks for at least that much room before the next block.
    mutating func leave(_ gap: Gap) { self.gap = max(self.gap, gap) }

    /// Another item of a list comes.
    mutating func leaveForItem() { if gap == .item { gap = .line } }

    /// Writes the lines of a block.
    mutating func write(_ block: [UInt8]) {
        if !text.isEmpty {
            text.append(0x0A)
            if gap != .line {
                let prefix = containers[..<shared].flatMap(\.rest)
                text += prefix.reversed().drop { $0 == 0x20 }.reversed()
                text.append(0x0A)
            }
        }
        for (number, line) in block.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if number > 0 { text.append(0x0A) }
            writeLine(line)
        }
        gap = .line
        shared = containers.count
    }

    private mutating func writeLine(_ line: ArraySlice<UInt8>) {
        let start = text.count
        for place in containers.indices {
            text += containers[place].isFirst ? containers[place].first : containers[place].rest
            containers[place].isFirst = false
        }
        text += line
        if line.isEmpty { while text.count > start, text.last == 0x20 { text.removeLast() } }
    }
}
