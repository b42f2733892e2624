// The attributes in a tag, found where they stand.

enum WebAttributes {
    /// The place behind the `>` of a tag whose attributes start at `start`; nil where it never ends.
    static func tagEnd(in html: [UInt8], from start: Int) -> Int? {
        html.withUnsafeBufferPointer { bytes in
            var place = start
            while place < bytes.count {
                switch bytes[place] {
                case UInt8(ascii: ">"): return place + 1
                case UInt8(ascii: "\""), UInt8(ascii: "'"):
                    // Quotes count only behind an equals sign: `<p class=a">` ends here.
                    var before = place - 1
                    while before > start, bytes[before] <= 0x20 { before -= 1 }
                    guard bytes[before] == UInt8(ascii: "=") else { break }
                    let quote = bytes[place]
                    place += 1
                    while place < bytes.count, bytes[place] != quote { place += 1 }
                default: break
                }
                place += 1
            }
            return nil
        }
    }

    /// Where the value of an attribute stands in a tag, without its quotes; empty for one that has none.
    static func value(of name: String, in html: [UInt8], _ tag: Range<Int>) -> Range<Int>? {
        let wanted = Array(name.utf8)
        return html.withUnsafeBufferPointer { bytes in
            var place = tag.lowerBound
            let stop = tag.upperBound
            if place < stop, bytes[place] == UInt8(ascii: "<") { while place < stop, bytes[place] > 0x20 { place += 1 } }
            while place < stop {
                while place < stop, bytes[place] <= 0x20 || bytes[place] == UInt8(ascii: "/") { place += 1 }
                let start = place
                while place < stop, bytes[place] > 0x20, bytes[place] != UInt8(ascii: "="), bytes[place] != UInt8(ascii: ">") {
                    place += 1
                }
                let isWanted =
                    place - start == wanted.count
                    && zip(bytes[start..<place], wanted).allSatisfy {
                        $0 == $1 || (0x41...0x5A).contains($0) && $0 | 0x20 == $1
                    }
                while place < stop, bytes[place] <= 0x20 { place += 1 }
                guard place < stop, bytes[place] == UInt8(ascii: "=") else {
                    if isWanted { return start..<start }
                    if place == start { place += 1 }
                    continue
                }
                place += 1
                while place < stop, bytes[place] <= 0x20 { place += 1 }
                guard place < stop else { return nil }
                let quote = bytes[place]
                var end = place
                if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                    place += 1
                    end = place
                    while end < stop, bytes[end] != quote { end += 1 }
                } else {
                    while end < stop, bytes[end] > 0x20, bytes[end] != UInt8(ascii: ">") { end += 1 }
                }
                if isWanted { return place..<end }
                place = end + 1
            }
            return nil
        }
    }
}
