// A file of many messages, one after the other, without holding more than one of them.

internal import ThreadbankCore

/// One message of a file.
struct RawMail {
    /// Its headers and body, without the separator, quoted lines undone.
    var bytes: ArraySlice<UInt8>
    /// Where its separator stands in the file.
    var offset: Int
    /// Counted from 1.
    var number: Int
}

/// Splits a file of mail at its separators.
struct MailSplitter {
    /// A longer message is passed over: nobody wrote it, and it must not fill the memory.
    static let longest = 64 << 20

    private var window: ByteWindow
    private let longest: Int
    private var kind = MailSeparator.mbox
    /// Whether the writer quotes so that it can be undone (mboxrd), which its first line says.
    private var isReversible = false

    init(_ input: any ImportInput, longest: Int = longest) {
        window = ByteWindow(input)
        self.longest = longest
    }

    /// Calls `body` with every message, and `skipped` with the place of what is none: text before the first, a message too long.
    /// `warned` hears that the file may be cut.
    ///
    /// - throws: what `body` throws; ``ImportError`` where the file has no separator at all.
    mutating func forEach(
        _ body: (RawMail) throws -> Void, skipped: (ImportDiagnostic) -> Void, warned: (ImportDiagnostic) -> Void
    ) throws {
        while !window.isAtEnd, window.count < 1 << 16 { _ = try window.fill(keepingFrom: 0) }
        guard let first = try open(skipped) else { return }
        var start = first
        var number = 1
        while start < window.count {
            let offset = window.offset + start
            guard let piece = try message(&start) else {
                skipped(
                    ImportDiagnostic(at: .byte(offset), "message too long", detail: "number \(number), over \(longest) bytes"))
                number += 1
                continue
            }
            let bytes = MailQuoting.undo(window.bytes[piece.range], isReversible: isReversible, isRaw: piece.isRaw)
            try body(RawMail(bytes: bytes, offset: offset, number: number))
            start = piece.end
            number += 1
        }
        if let failure = window.failure { throw failure }
        if let last = window.bytes.last, last != 0x0A {
            warned(ImportDiagnostic(at: .byte(window.offset + window.count), "the last line has no end; the file may be cut"))
        }
    }

    /// The place of the first separator; nil for an empty file.
    private mutating func open(_ skipped: (ImportDiagnostic) -> Void) throws -> Int? {
        if let opening = MailSeparator.opening(window.bytes[...]) {
            kind = opening.kind
            isReversible = window.line(opening.start).starts(with: "From mboxrd@z".utf8)
            return opening.start
        }
        if window.isAtEnd, window.bytes.allSatisfy({ $0 <= 0x20 }) {
            if let failure = window.failure { throw failure }
            return nil
        }
        var start = 0
        let found = try separator(&start, from: 0, isDiscarding: true)
        guard found < window.count else {
            throw ImportError("no line in it parts messages (\"From address date\"); is it one message? use --from eml")
        }
        skipped(ImportDiagnostic(at: .byte(0), "no message", detail: "text before the first From line"))
        return found
    }

    private struct Piece {
        var range: Range<Int>
        /// Where the next separator stands.
        var end: Int
        /// Whether its length was told and nothing in it is quoted (mboxcl2).
        var isRaw: Bool
    }

    /// The message whose separator stands at `start`; nil where it is too long, and `start` is moved behind it.
    private mutating func message(_ start: inout Int) throws -> Piece? {
        var end = try separator(&start, from: start + 1, isDiscarding: false)
        guard start >= 0 else {
            start = end
            return nil
        }
        guard kind == .mbox, let told = try MailLength.end(&window, &start, &end, longest: longest) else {
            return Piece(range: content(start, end), end: end, isRaw: false)
        }
        let range = content(start, told)
        let isRaw = window.find(kind.pattern, from: range.lowerBound).map { $0 + 1 < told } ?? false
        return Piece(range: range, end: told, isRaw: isRaw)
    }

    /// From behind the separator's line to before the blank line that ends the message.
    private func content(_ start: Int, _ end: Int) -> Range<Int> {
        let from = min(window.lineEnd(start) + 1, end)
        var to = end
        if end < window.count || kind == .mbox, to > from, window.bytes[to - 1] == 0x0A {
            to -= 1
            if to > from, window.bytes[to - 1] == 0x0D { to -= 1 }
        }
        return from..<to
    }

    /// The next separator behind a place, or the end of the file. Where more than the longest message lies between, what was read is
    /// let go and `start` becomes negative.
    private mutating func separator(_ start: inout Int, from place: Int, isDiscarding: Bool) throws -> Int {
        var scan = place
        var isDiscarding = isDiscarding
        while true {
            if let found = window.find(kind.pattern, from: scan) {
                let line = found + 1
                if line + MailSeparator.reach <= window.count || window.isAtEnd {
                    if kind.matches(window.bytes[line...], isBehindBlank: isBlankLine(before: line)) {
                        if !isDiscarding, line - start > longest { start = -1 }
                        return line
                    }
                    scan = line
                    continue
                }
                scan = found
            } else {
                if window.isAtEnd {
                    if !isDiscarding, window.count - start > longest { start = -1 }
                    return window.count
                }
                scan = max(scan, window.count - kind.pattern.count)
            }
            if !isDiscarding, window.count - start > longest {
                isDiscarding = true
                start = -1
            }
            let moved = try window.fill(keepingFrom: isDiscarding ? max(0, scan - 3) : start)
            scan -= moved
            if !isDiscarding { start -= moved }
        }
    }

    private func isBlankLine(before line: Int) -> Bool {
        guard line >= 2 else { return true }
        let bytes = window.bytes
        return bytes[line - 2] == 0x0A || bytes[line - 2] == 0x0D && (line == 2 || bytes[line - 3] == 0x0A)
    }
}
