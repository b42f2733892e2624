// The part of an input that is being looked at.

internal import ThreadbankCore

/// A piece of an input that grows at its end and is dropped at its start, so that a JSON text of any size is read in little memory.
final class JSONWindow {
    private let input: any ImportInput
    private var bytes: [UInt8] = []
    /// Where the first of ``bytes`` stands in the input.
    private var base = 0
    /// What is read next, as an index of ``bytes``.
    private var index = 0
    private var isAtEnd = false
    /// Nothing from this place on is dropped.
    private var mark: Place?

    /// The line of what is read next, from 1.
    private(set) var line = 1
    /// How many spaces and tabs stand before what is read next, where nothing else stands before it in its line.
    private(set) var indent: Int? = 0

    /// A place to go back to.
    struct Place {
        /// From 0.
        var offset: Int
        /// From 1.
        var line: Int
        var indent: Int?
    }

    init(_ input: any ImportInput) { self.input = input }

    var place: Place { Place(offset: base + index, line: line, indent: indent) }

    /// The byte read next; nil at the end.
    func peek() throws -> UInt8? {
        if index >= bytes.count, try !fill() { return nil }
        return bytes[index]
    }

    /// Passes the byte that is read next, no end of a line.
    func pass() {
        index += 1
        indent = nil
    }

    /// Passes white space, and what else `isPassed` takes. Returns the byte read next; nil at the end.
    func passSpace(_ isPassed: (UInt8) -> Bool = { _ in false }) throws -> UInt8? {
        while let byte = try peek() {
            switch byte {
            case 0x0A:
                line += 1
                indent = 0
            case 0x20, 0x09: if let spaces = indent { indent = spaces + 1 }
            case 0x0D: break
            default: guard isPassed(byte) else { return byte }
            }
            index += 1
        }
        return nil
    }

    /// Calls `body` with the next bytes, as many as `count` where the input has them.
    func withNext<T>(_ count: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) throws -> T {
        while bytes.count - index < count { guard try fill() else { break } }
        return bytes[index..<min(bytes.count, index + count)].withUnsafeBufferPointer(body)
    }

    /// Keeps what comes, to take it or to come back.
    func setMark() { mark = place }

    func clearMark() { mark = nil }

    /// Goes back to the mark.
    func goBack() {
        guard let mark else { return }
        (index, line, indent) = (mark.offset - base, mark.line, mark.indent)
    }

    /// The bytes from the mark to what is read next.
    func marked() -> [UInt8] {
        guard let mark else { return [] }
        return Array(bytes[(mark.offset - base)..<index])
    }

    /// How many bytes stand from the mark to what is read next.
    var markedCount: Int { mark.map { base + index - $0.offset } ?? 0 }

    /// Reads on with a skim through what is there and what comes. The mark is given up where more than `limit` bytes would be kept.
    func advance(_ skim: inout JSONSkim, limit: Int) throws -> JSONSkim.Outcome {
        while true {
            let before = skim.newlines
            let (stop, outcome) = bytes.withUnsafeBufferPointer { skim.advance($0, from: index) }
            index = stop
            line += skim.newlines - before
            indent = nil
            if mark != nil, markedCount > limit { mark = nil }
            guard outcome == .needsMore, try fill() else { return outcome }
        }
    }

    var hasMark: Bool { mark != nil }

    /// Passes the rest of this line, and all lines up to one whose white space and first other byte `isWanted`; that byte is read
    /// next. False at the end.
    func passLines(until isWanted: (_ indent: Int, _ byte: UInt8) -> Bool) throws -> Bool {
        indent = nil
        while true {
            if try passSpace() == nil { return false }
            if let indent, isWanted(indent, bytes[index]) { return true }
            indent = nil
            let end = bytes[index...].withUnsafeBufferPointer { $0.firstIndex(of: 0x0A) }
            index = end.map { index + $0 } ?? bytes.count
        }
    }

    /// Takes the next chunk; false at the end.
    private func fill() throws -> Bool {
        if isAtEnd { return false }
        guard let chunk = try input.next() else {
            isAtEnd = true
            return false
        }
        let unneeded = mark.map { $0.offset - base } ?? index
        if unneeded == bytes.count {
            bytes = chunk
        } else if unneeded >= Self.worthDropping {
            bytes.removeFirst(unneeded)
            bytes += chunk
        } else {
            bytes += chunk
            return true
        }
        base += unneeded
        index -= unneeded
        return true
    }

    private static let worthDropping = 1 << 15
}
