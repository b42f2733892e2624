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
    private var previous = Token.start
    private var isInString = false
    private var isEscaped = false
    /// What is open, from the outermost, as far as ``deepestChecked``: true is an array.
    private var open: [Bool] = []

    /// Below, brackets are counted but their kinds no longer compared.
    private static let deepestChecked = 4096

    init(isLine: Bool) { self.isLine = isLine }

    /// Whether the value is a number, or true, false or null, that ends where the input ends.
    var isWholeAtEnd: Bool { depth == 0 && previous == .word && !isInString }

    private enum Token: UInt8 {
        case start, openObject, closeObject, openArray, closeArray, comma, colon, string
        /// A number, true, false or null that may go on, and one that has ended.
        case word, wordEnd

        var bit: UInt16 { 1 << UInt16(rawValue) }

        /// Which tokens may come next.
        var followers: UInt16 {
            switch self {
            case .start, .comma, .colon: Self.values
            case .openObject: Token.closeObject.bit | Token.string.bit
            case .openArray: Self.values | Token.closeArray.bit
            case .closeObject, .closeArray, .word, .wordEnd: Self.ends
            case .string: Self.ends | Token.colon.bit
            }
        }

        private static let values: UInt16 = 0b1_1000_1010
        private static let ends: UInt16 = 0b0_0011_0100
    }

    /// Reads on from `start`, where the last call stopped. Returns where it stopped now; a broken value may end where it starts.
    mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (place: Int, outcome: Outcome) {
        var place = start
        while place < bytes.count {
            if isInString {
                if let outcome = advanceString(bytes, &place) { return (place, outcome) }
                continue
            }
            let byte = bytes[place]
            let token: Token
            switch byte {
            case 0x20, 0x09, 0x0D, 0x0A:
                if previous == .word {
                    if depth == 0 { return (place, .done) }
                    previous = .wordEnd
                }
                if byte == 0x0A, let outcome = passNewline(bytes, place) { return (place, outcome) }
                place += 1
                continue
            case UInt8(ascii: "\""): token = .string
            case UInt8(ascii: ","): token = .comma
            case UInt8(ascii: ":"): token = .colon
            case UInt8(ascii: "{"): token = .openObject
            case UInt8(ascii: "}"): token = .closeObject
            case UInt8(ascii: "["): token = .openArray
            case UInt8(ascii: "]"): token = .closeArray
            default:
                if JSONByte.isWord(byte) {
                    if previous == .word {
                        place += 1
                        continue
                    }
                    token = .word
                } else {
                    if isBroken {
                        place += 1
                        continue
                    }
                    isBroken = true
                    return (place, .broken)
                }
            }
            if depth == 0, previous == .word { return (place, .done) }
            if !isBroken, previous.followers & token.bit == 0 {
                isBroken = true
                return (place, .broken)
            }
            switch token {
            case .openObject, .openArray:
                if depth < Self.deepestChecked { open.append(token == .openArray) }
                depth += 1
            case .closeObject, .closeArray:
                // Only after a fault: what is open was opened outside of the value.
                if depth == 0 { return (place, .done) }
                if depth <= Self.deepestChecked {
                    if open.last != (token == .closeArray) { return (place, .lost) }
                    open.removeLast()
                }
                depth -= 1
                if depth == 0 { return (place + 1, .done) }
            case .string:
                isInString = true
            case .comma, .colon:
                // A broken value that is no container ends where its container goes on.
                if depth == 0 { return (place, .done) }
            default: break
            }
            previous = token
            place += 1
        }
        return (place, .needsMore)
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
