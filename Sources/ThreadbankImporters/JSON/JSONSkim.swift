// Finds the end of one JSON value in bytes that come in pieces.

/// Reads over one value without decoding it. It can stop at any byte and go on with the next piece, holds no more than a few flags,
/// and counts nesting where others recurse.
///
/// It knows enough of the grammar to notice a fault soon after it happened (a lost quotation mark, a cut line), and after one goes on by
/// brackets alone, so that the end of a broken value can still be found. Whether the parts make sense is for whoever decodes them.
struct JSONSkim {
    enum Outcome {
        /// All bytes are read, and the value goes on.
        case needsMore
        /// The value ends before the place.
        case done
        /// The byte at the place cannot stand there. The next call goes on, by brackets alone.
        case broken
        /// The byte at the place shows that the value's end cannot be found: a bracket that closes nothing, or a new line's value.
        case lost
    }

    /// Whether the value must end in its line: then a line that starts with a bracket is a value of its own.
    let isLine: Bool
    /// U+000A that were read over.
    private(set) var newlines = 0
    private(set) var isBroken = false
    private var depth = 0
    private var previous = JSONToken.start
    private var isInString = false
    private var isEscaped = false
    /// What is open of the outermost ``deepestChecked`` levels, a bit a level: 1 is an array.
    private var open: UInt64 = 0

    /// Below, brackets are counted but their kinds no longer compared.
    private static let deepestChecked = 64

    init(isLine: Bool) { self.isLine = isLine }

    /// Whether the value is a number, or true, false or null, that ends where the input ends.
    var isWholeAtEnd: Bool { depth == 0 && previous == .word && !isInString }

    /// Reads on from `start`, where the last call stopped. Returns where it stopped now; a broken value may end where it starts.
    mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (place: Int, outcome: Outcome) {
        var place = start
        while place < bytes.count {
            if isInString {
                if let outcome = advanceString(bytes, &place) { return (place, outcome) }
                continue
            }
            let byte = bytes[place]
            let token = JSONToken(byte)
            switch token {
            case .space:
                if previous == .word {
                    if depth == 0 { return (place, .done) }
                    previous = .wordEnd
                }
                if byte == 0x0A, let outcome = passNewline(bytes, place) { return (place, outcome) }
                place += 1
                continue
            case .word where previous == .word:
                place += 1
                continue
            case .none:
                if !isBroken {
                    isBroken = true
                    return (place, .broken)
                }
                place += 1
                continue
            default: break
            }
            // A word that stands alone ends before what is none.
            if depth == 0, previous == .word { return (place, .done) }
            if !isBroken, !token.mayFollow(previous) {
                isBroken = true
                return (place, .broken)
            }
            switch token {
            case .openObject, .openArray: push(token)
            case .closeObject, .closeArray:
                // Only after a fault: what is closed was opened outside of the value.
                if depth == 0 { return (place, .done) }
                if !pop(token) { return (place, .lost) }
                if depth == 0 { return (place + 1, .done) }
            case .string: isInString = true
            // A broken value that is no container ends where its container goes on.
            case .comma, .colon: if depth == 0 { return (place, .done) }
            default: break
            }
            previous = token
            place += 1
        }
        return (place, .needsMore)
    }

    private mutating func push(_ token: JSONToken) {
        if depth < Self.deepestChecked { open = open << 1 | (token == .openArray ? 1 : 0) }
        depth += 1
    }

    /// False where the bracket closes another kind than is open.
    private mutating func pop(_ token: JSONToken) -> Bool {
        if depth <= Self.deepestChecked {
            if open & 1 != (token == .closeArray ? 1 : 0) { return false }
            open >>= 1
        }
        depth -= 1
        return true
    }

    /// Reads on within a string; nil where it goes on after it.
    private mutating func advanceString(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Outcome? {
        if isEscaped {
            isEscaped = false
            if bytes[place] == 0x0A { newlines += 1 }
            place += 1
            return nil
        }
        place = JSONByte.endOfPlainText(bytes, from: place)
        guard place < bytes.count else { return .needsMore }
        switch bytes[place] {
        case UInt8(ascii: "\""):
            isInString = false
            place += 1
            return depth == 0 ? .done : nil
        case UInt8(ascii: "\\"):
            isEscaped = true
            place += 1
        default:
            if let outcome = passNewline(bytes, place) { return outcome }
            place += 1
        }
        return nil
    }

    /// Counts the end of a line, unless the next line is a value of its own, or its first byte is still to come.
    private mutating func passNewline(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Outcome? {
        if isLine {
            if place + 1 >= bytes.count { return .needsMore }
            if JSONByte.opens(bytes[place + 1]) { return .lost }
        }
        newlines += 1
        return nil
    }
}
