// Reading of HTML with libxml2's parser, which mends what is unclosed and crossed.

internal import CXML
internal import ThreadbankCore

/// Reads HTML that ``HTMLRepair`` has gone over. Any thread may use it.
enum HTMLReader {
    // Options of HTMLparser.h: mend, no network, no limits of depth and length, no messages, believe no charset but ours.
    private static let options: Int32 = 1 | 4 | 32 | 64 | 2048 | 1 << 16 | 1 << 19 | 1 << 21

    /// - throws: ``ImportError`` where libxml2 is not installed.
    static func read(_ html: [UInt8]) throws(ImportError) -> HTMLEvents {
        guard let xml = cxml_load()?.pointee else {
            throw ImportError("HTML cannot be read: libxml2 is missing; install it (Debian: libxml2)")
        }
        let document = html.withUnsafeBytes { bytes in
            xml.htmlReadMemory(
                bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count), nil, "UTF-8", options)
        }
        var page = HTMLEvents()
        guard let document else { return page }
        defer { xml.xmlFreeDoc(document) }
        guard let reader = xml.xmlReaderWalker(document) else { return page }
        defer { xml.xmlFreeTextReader(reader) }
        page.text.reserveCapacity(html.count)
        Walk(xml: xml, reader: reader).all(into: &page)
        return page
    }
}

private struct Walk {
    let xml: CXML
    let reader: OpaquePointer
    /// How many elements are open of which the outermost is not seen.
    private var unseen = 0

    init(xml: CXML, reader: OpaquePointer) {
        self.xml = xml
        self.reader = reader
    }

    consuming func all(into page: inout HTMLEvents) {
        while xml.xmlTextReaderRead(reader) == 1 {
            switch xml.xmlTextReaderNodeType(reader) {
            case 1:
                let isEmpty = xml.xmlTextReaderIsEmptyElement(reader) == 1
                let tag = HTMLTag(bytes(xml.xmlTextReaderConstName(reader)))
                if unseen > 0 || tag == .unseen {
                    if !isEmpty { unseen += 1 }
                    continue
                }
                page.events.append(.open(tag, attributes(of: tag, into: &page)))
                if isEmpty { page.events.append(.close(tag)) }
            case 15:
                if unseen > 0 {
                    unseen -= 1
                } else {
                    page.events.append(.close(HTMLTag(bytes(xml.xmlTextReaderConstName(reader)))))
                }
            // Text, CDATA, and white space as the walker tells it apart.
            case 3, 4, 13, 14:
                if unseen > 0 { continue }
                let start = page.text.count
                page.text += bytes(xml.xmlTextReaderConstValue(reader))
                page.events.append(.text(start..<page.text.count))
            default: break
            }
        }
    }

    private func bytes(_ text: UnsafePointer<UInt8>?) -> UnsafeBufferPointer<UInt8> {
        guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: text, count: length(text))
    }

    private func length(_ text: UnsafePointer<UInt8>) -> Int {
        var end = text
        while end.pointee != 0 { end += 1 }
        return end - text
    }

    private func attributes(of tag: HTMLTag, into page: inout HTMLEvents) -> Int {
        switch tag {
        case .anchor, .image, .code, .preformatted, .orderedList, .item, .table: break
        default: return -1
        }
        var found = HTMLAttributes()
        var hasAny = false
        while xml.xmlTextReaderMoveToNextAttribute(reader) == 1 {
            let value = { String(decoding: bytes(xml.xmlTextReaderConstValue(reader)), as: UTF8.self) }
            hasAny = true
            switch String(decoding: bytes(xml.xmlTextReaderConstName(reader)), as: UTF8.self) {
            case "href" where tag == .anchor, "src" where tag == .image: found.address = value()
            case "alt": found.alternative = value()
            case "class": found.classes = value()
            case "start" where tag == .orderedList, "value" where tag == .item: found.number = Int(value())
            case "width", "height": found.isDot = found.isDot || ["0", "1"].contains(value())
            case "role": found.isPresentation = ["presentation", "none"].contains(value())
            default: break
            }
        }
        _ = xml.xmlTextReaderMoveToElement(reader)
        guard hasAny else { return -1 }
        page.attributes.append(found)
        return page.attributes.count - 1
    }
}
