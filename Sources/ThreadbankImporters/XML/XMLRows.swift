// The rows of a dump in XML, `<row Id="1" …/>`, one at a time, whatever the chunks are.

internal import ThreadbankCore

/// Finds the `row` elements of a text of any size without parsing the rest, so that a broken row costs itself and not the file. It
/// holds one row and one chunk.
struct XMLRows {
    enum Item {
        /// A row's text, made an empty element where it was not one.
        case row([UInt8], offset: Int)
        case broken(ImportDiagnostic)
    }

    /// No post is that long; a quote that is never closed must not fill the memory.
    static let longest = 32 << 20

    private let input: any ImportInput
    private var buffer: [UInt8] = []
    private var at = 0
    private var base = 0
    private var isAtEnd = false
    /// The name of the outermost element; nil until it was met.
    private(set) var root: String?
    /// Whether the outermost element was closed.
    private(set) var isWhole = false

    init(_ input: any ImportInput) { self.input = input }

    /// Where reading stands in the input, from 0.
    var offset: Int { base + at }

    /// The next row; nil at the end.
    mutating func next() throws -> Item? {
        while try toNextTag() {
            let start = at
            if has("</", at: start) {
                if let root, has("</" + root, at: start) { isWhole = true }
                at += 2
            } else if has("<row", at: start), start + 4 < buffer.count, buffer[start + 4] <= 0x20 || buffer[start + 4] == 0x2F {
                return try row(start)
            } else {
                if root == nil { root = rootName(at: start) }
                at += 1
            }
        }
        return nil
    }

    /// Moves to the next `<` with enough behind it to tell what it opens.
    private mutating func toNextTag() throws -> Bool {
        if at > 1 << 20 {
            base += at
            buffer.removeFirst(at)
            at = 0
        }
        while true {
            if let place = buffer[at...].firstIndex(of: UInt8(ascii: "<")) {
                at = place
                if buffer.count - at >= 64 || isAtEnd { return true }
            } else {
                at = buffer.count
                if isAtEnd { return false }
            }
            try fill()
        }
    }

    private mutating func fill() throws {
        if let chunk = try input.next() { buffer += chunk } else { isAtEnd = true }
    }

    private func has(_ text: String, at place: Int) -> Bool { buffer[place...].starts(with: text.utf8) }

    private func rootName(at place: Int) -> String? {
        let name = buffer[(place + 1)...].prefix(60).prefix { (0x61...0x7A).contains($0 | 0x20) }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self).lowercased()
    }

    /// The row that starts there. No attribute holds a bare `<`, so one shows that the row before it is broken.
    private mutating func row(_ start: Int) throws -> Item {
        var end = start + 4
        var quote: UInt8?
        while true {
            if end == buffer.count {
                if isAtEnd {
                    at = end
                    return broken(start, "the row is cut off")
                }
                try fill()
                continue
            }
            let byte = buffer[end]
            if byte == UInt8(ascii: "<") || end - start > Self.longest {
                at = end
                return broken(start, byte == UInt8(ascii: "<") ? "the row is not closed" : "the row is too long")
            }
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                at = end + 1
                let isEmpty = buffer[end - 1] == UInt8(ascii: "/")
                return .row(Array(buffer[start..<end]) + (isEmpty ? [] : [UInt8(ascii: "/")]) + [byte], offset: base + start)
            }
            end += 1
        }
    }

    private func broken(_ start: Int, _ reason: String) -> Item {
        .broken(ImportDiagnostic(at: .byte(base + start), "no row", detail: reason))
    }
}
