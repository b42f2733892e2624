// Words of a line: what makes two lines the same, and what two posts share.

/// Reduces text to what comparisons need. It knows no language: letters and digits make words, and scripts that put no
/// space between words (Han, Kana, Thai) give pairs of characters instead.
enum PageWords {
    /// White space that people see as such, the zero-width space and a stray byte order mark.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20: true
        case 0..<0x80: false
        case 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }

    /// The text in lower case, emphasis marks dropped, curly quotation marks straightened, white space collapsed. Two
    /// renderings of one paragraph are equal in this form.
    static func normalised(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isSpacePending = false
        forEachScalar(in: text) { scalar in
            if isSpace(scalar) {
                isSpacePending = !bytes.isEmpty
                return
            }
            if scalar == "*" || scalar == "_" || scalar == "`" { return }
            if isSpacePending {
                bytes.append(0x20)
                isSpacePending = false
            }
            switch scalar {
            case "\u{2018}", "\u{2019}": bytes.append(0x27)
            case "\u{201C}", "\u{201D}", "\u{201E}": bytes.append(0x22)
            default: appendLowercased(scalar, to: &bytes)
            }
        }
        return bytes.isEmpty ? String(text) : String(decoding: bytes, as: UTF8.self)
    }

    /// The words of a text in order: lower case, apostrophes dropped (`don't` is `dont`).
    static func words(of text: some StringProtocol, limit: Int = .max) -> [String] {
        var words: [String] = []
        forEachWord(in: text) { word in
            words.append(String(decoding: word, as: UTF8.self))
            return words.count < limit
        }
        return words
    }

    /// Calls `body` with each word's bytes, lower case, until it returns false.
    static func forEachWord(in text: some StringProtocol, _ body: (ArraySlice<UInt8>) -> Bool) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { forEachWord(in: $0, body) }
        guard isDone == nil else { return }
        var copy = String(text)
        copy.withUTF8 { forEachWord(in: $0, body) }
    }

    private static func forEachWord(in bytes: UnsafeBufferPointer<UInt8>, _ body: (ArraySlice<UInt8>) -> Bool) {
        var word: [UInt8] = []
        word.reserveCapacity(32)
        let letters = asciiLetters
        var unspaced: Unicode.Scalar?
        var index = 0

        /// Ends the word; false where no more are wanted.
        func end() -> Bool {
            guard !word.isEmpty else { return true }
            defer { word.removeAll(keepingCapacity: true) }
            return body(word[...])
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                index += 1
                unspaced = nil
                let letter = letters[Int(byte)]
                if letter > 0 { word.append(letter) } else if byte != UInt8(ascii: "'"), !end() { return }
                continue
            }
            let scalar = scalar(in: bytes, &index)
            guard isWordPart(scalar) else {
                unspaced = nil
                if scalar != "\u{2019}", !end() { return }
                continue
            }
            guard isUnspaced(scalar) else {
                unspaced = nil
                appendLowercased(scalar, to: &word)
                continue
            }
            if unspaced == nil, !end() { return }
            if let first = unspaced, !body((Array(UTF8.encode(first)!) + Array(UTF8.encode(scalar)!))[...]) { return }
            unspaced = scalar
        }
        _ = end()
    }

    /// ASCII letters in lower case, and digits; 0 for all that is no part of a word.
    private static let asciiLetters: [UInt8] = (0..<0x80).map { (byte: UInt8) -> UInt8 in
        switch byte {
        case 0x30...0x39, 0x61...0x7A: byte
        case 0x41...0x5A: byte + 32
        default: 0
        }
    }

    /// Walks the scalars of a text on its bytes, ASCII without decoding.
    @inline(__always)
    private static func forEachScalar(in text: some StringProtocol, _ body: (Unicode.Scalar) -> Void) {
        var copy = String(text)
        copy.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                if bytes[index] < 0x80 {
                    body(Unicode.Scalar(bytes[index]))
                    index += 1
                } else {
                    body(scalar(in: bytes, &index))
                }
            }
        }
    }

    /// The scalar of several bytes that begins at the index, which moves behind it.
    @inline(__always)
    private static func scalar(in bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Unicode.Scalar {
        // A string's bytes are valid UTF-8: the first one tells how many belong together.
        let first = bytes[index]
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = UInt32(first & (0xFF >> (length + 1)))
        for next in bytes[(index + 1)..<(index + length)] { value = value << 6 | UInt32(next & 0x3F) }
        index += length
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// The beginning of a text, so many bytes or a few less: a character is not cut.
    static func head(_ text: String, bytes: Int) -> Substring {
        guard text.utf8.count > bytes else { return text[...] }
        var end = text.utf8.index(text.startIndex, offsetBy: bytes)
        while text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
        return text[..<end]
    }

    /// The end of a text, so many bytes or a few less.
    static func tail(_ text: String, bytes: Int) -> Substring {
        guard text.utf8.count > bytes else { return text[...] }
        var start = text.utf8.index(text.endIndex, offsetBy: -bytes)
        while start < text.endIndex, text.utf8[start] & 0xC0 == 0x80 { start = text.utf8.index(after: start) }
        return text[start...]
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
        case 0..<0x80: return false
        default:
            if isUnspaced(scalar) { return true }
            let properties = scalar.properties
            return properties.isAlphabetic || properties.numericType != nil || properties.canonicalCombiningClass != .notReordered
        }
    }

    /// Whether the script puts no space between words.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x0E01: false
        case 0x0E01...0x0EFF, 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    private static func appendLowercased(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar.value {
        case 0x41...0x5A: bytes.append(UInt8(scalar.value + 32))
        case 0..<0x80: bytes.append(UInt8(scalar.value))
        default:
            if scalar.properties.changesWhenLowercased {
                bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar)!)
            }
        }
    }
}
