// format=flowed (RFC 3676): lines that end in a space go on in the next.

enum FlowedText {
    /// The text with its paragraphs as one line each. Quote marks are kept, and lines of another depth never join.
    ///
    /// - parameter deletesSpace: whether the space that marks a soft end is no part of the text (DelSp=yes).
    static func unfold(_ text: String, deletesSpace: Bool) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        // The depth of the paragraph that goes on; nil where none does.
        var open: Int?
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let depth = line.prefix { $0 == UInt8(ascii: ">") }.count
            var content = line.dropFirst(depth)
            if content.first == 0x20 { content = content.dropFirst() }
            let isSignature = content.elementsEqual("-- ".utf8)
            let goesOn = !isSignature && content.last == 0x20
            if open != depth || isSignature {
                if open != nil { end(&result) }
                result.append(contentsOf: repeatElement(UInt8(ascii: ">"), count: depth))
                if depth > 0, !content.isEmpty { result.append(0x20) }
            }
            result.append(contentsOf: goesOn && deletesSpace ? content.dropLast() : content)
            open = goesOn ? depth : nil
            if !goesOn { result.append(0x0A) }
        }
        if open != nil { end(&result) }
        if result.last == 0x0A { result.removeLast() }
        return String(decoding: result, as: UTF8.self)
    }

    /// Ends a paragraph that wanted to go on.
    private static func end(_ result: inout [UInt8]) {
        if result.last == 0x20 { result.removeLast() }
        result.append(0x0A)
    }
}
