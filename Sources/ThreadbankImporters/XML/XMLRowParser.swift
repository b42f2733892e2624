// The attributes of one element, as libxml2 reads them.

internal import CXML
internal import ThreadbankCore

/// Parses one small element after the other with one reader of libxml2.
final class XMLRowParser {
    private let xml: CXML
    private var reader: OpaquePointer?

    // Options of parser.h: no messages, no network, no limit of length.
    private static let options: Int32 = 32 | 64 | 2048 | 1 << 19

    /// - throws: ``ImportError`` where libxml2 is not installed.
    init() throws(ImportError) {
        guard let xml = cxml_load()?.pointee else {
            throw ImportError("XML cannot be read: libxml2 is missing; install it (Debian: libxml2)")
        }
        self.xml = xml
    }

    deinit { if let reader { xml.xmlFreeTextReader(reader) } }

    /// The attributes of the element by name; nil where it is not well-formed. Bytes that are no UTF-8, and references to characters
    /// that XML has not, become U+FFFD.
    func attributes(of element: [UInt8]) -> [String: String]? {
        if let attributes = parse(element) { return attributes }
        let mended = Self.mend(element)
        return mended == element ? nil : parse(mended)
    }

    private func parse(_ element: [UInt8]) -> [String: String]? {
        element.withUnsafeBytes { bytes in
            let start = bytes.bindMemory(to: CChar.self).baseAddress
            let count = Int32(clamping: bytes.count)
            if let reader {
                guard xml.xmlReaderNewMemory(reader, start, count, nil, "UTF-8", Self.options) == 0 else { return nil }
            } else {
                reader = xml.xmlReaderForMemory(start, count, nil, "UTF-8", Self.options)
            }
            guard let reader, xml.xmlTextReaderRead(reader) == 1, xml.xmlTextReaderNodeType(reader) == 1 else { return nil }
            var attributes: [String: String] = [:]
            while xml.xmlTextReaderMoveToNextAttribute(reader) == 1 {
                guard let name = xml.xmlTextReaderConstName(reader), let value = xml.xmlTextReaderConstValue(reader) else {
                    continue
                }
                attributes[String(cString: name)] = String(cString: value)
            }
            return attributes
        }
    }

    private static func mend(_ element: [UInt8]) -> [UInt8] {
        var mended: [UInt8] = []
        let text = Array(String(decoding: element, as: UTF8.self).utf8)
        var place = 0
        while place < text.count {
            let byte = text[place]
            if byte == UInt8(ascii: "&"), place + 1 < text.count, text[place + 1] == UInt8(ascii: "#") {
                let digits = text[(place + 2)...].prefix(9).prefix { $0 != UInt8(ascii: ";") }
                let end = place + 2 + digits.count
                if end < text.count, text[end] == UInt8(ascii: ";"), !isCharacter(String(decoding: digits, as: UTF8.self)) {
                    mended += "&#xFFFD;".utf8
                    place = end + 1
                    continue
                }
            }
            if byte < 0x20, ![0x09, 0x0A, 0x0D].contains(byte) { mended += "&#xFFFD;".utf8 } else { mended.append(byte) }
            place += 1
        }
        return mended
    }

    /// Whether a reference's number is that of a character which XML allows.
    private static func isCharacter(_ digits: String) -> Bool {
        let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let number else { return false }
        return [0x09, 0x0A, 0x0D].contains(number)
            || (0x20...0xFFFD).contains(number) && !(0xD800...0xDFFF).contains(number) || (0x10000...0x10FFFF).contains(number)
    }
}
