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
        for scalar in text.unicodeScalars {
            if isSpace(scalar) {
                isSpacePending = !bytes.isEmpty
                continue
            }
            switch scalar {
            case "*", "_", "`": continue
            default: break
            }
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
            guard words.count < limit else { return false }
            words.append(String(decoding: word, as: UTF8.self))
            return true
        }
        return words
    }

    /// Calls `body` with each word's bytes, lower case, until it returns false.
    static func forEachWord(in text: some StringProtocol, _ body: (ArraySlice<UInt8>) -> Bool) {
        var bytes: [UInt8] = []
        var unspaced: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if isUnspaced(scalar) {
                if !bytes.isEmpty {
                    guard body(bytes[...]) else { return }
                    bytes.removeAll(keepingCapacity: true)
                }
                if let first = unspaced {
                    var pair: [UInt8] = []
                    pair.append(contentsOf: Array(String(first).utf8))
                    pair.append(contentsOf: Array(String(scalar).utf8))
                    guard body(pair[...]) else { return }
                }
                unspaced = scalar
                continue
            }
            unspaced = nil
            if isWordPart(scalar) {
                appendLowercased(scalar, to: &bytes)
            } else if scalar == "'" || scalar == "\u{2019}" {
                continue
            } else if !bytes.isEmpty {
                guard body(bytes[...]) else { return }
                bytes.removeAll(keepingCapacity: true)
            }
        }
        if !bytes.isEmpty { _ = body(bytes[...]) }
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
        case 0..<0x80: return false
        default:
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
