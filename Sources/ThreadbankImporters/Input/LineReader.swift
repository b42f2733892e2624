// Lines of an input, one at a time, whatever the chunks are.

internal import ThreadbankCore

/// Splits an input into lines at U+000A, without holding more than one line and one chunk.
struct LineReader {
    /// Longer lines are cut off and reported: no post is that long, and a file without line ends must not fill the memory.
    static let longest = 64 << 20

    private let input: any ImportInput
    private var chunk: ArraySlice<UInt8> = []
    private var isAtEnd = false
    /// The number of the line that was given last, from 1.
    private(set) var number = 0

    init(_ input: any ImportInput) { self.input = input }

    enum Line {
        case bytes([UInt8])
        /// The line is longer than ``longest`` and was passed over.
        case tooLong
    }

    /// The next line without its end (a carriage return before it goes too); nil at the end of the input.
    mutating func next() throws -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        var hasAny = false
        while !isAtEnd {
            if chunk.isEmpty {
                guard let more = try input.next() else {
                    isAtEnd = true
                    break
                }
                chunk = more[...]
            }
            hasAny = true
            let end = chunk.firstIndex(of: 0x0A)
            let part = chunk[..<(end ?? chunk.endIndex)]
            if line.count + part.count > Self.longest { isTooLong = true } else if !isTooLong { line += part }
            chunk = end.map { chunk[($0 + 1)...] } ?? []
            if end != nil { break }
        }
        guard hasAny else { return nil }
        number += 1
        if isTooLong { return .tooLong }
        if line.last == 0x0D { line.removeLast() }
        return .bytes(line)
    }
}
