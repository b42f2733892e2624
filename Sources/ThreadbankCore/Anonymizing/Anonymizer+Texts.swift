// Finds the names in a text, in whatever spelling, and puts pseudonyms there.

extension Anonymizer {
    public func text(_ text: String?) -> String? { text.map { self.text($0) } }

    public func text(_ text: String) -> String { replacing(text, NameFinder(self, [thread, archive])) }

    /// The same wherever it stands: by the names of the archive alone, and not by who wrote in a thread.
    func steady(_ text: String) -> String { replacing(text, NameFinder(self, [archive])) }

    private func replacing(_ text: String, _ finder: NameFinder) -> String {
        var found: [NameFinder.Place] = []
        var spelled = SpelledText(text)
        func look() {
            found += finder.places(in: spelled)
            if let visible = spelled.visible() {
                found += finder.places(in: visible)
                spelled = visible
            }
        }
        look()
        // `%2520` and `&amp;lt;` are escaped twice; deeper is nobody's habit.
        for _ in 0..<3 {
            guard let plain = spelled.unescaped() else { break }
            spelled = plain
            look()
        }
        if found.isEmpty { return text }
        found.sort { $0.start != $1.start ? $0.start < $1.start : $0.end > $1.end }
        let bytes = Array(text.utf8)
        var (out, at): ([UInt8], Int) = ([], 0)
        out.reserveCapacity(bytes.count)
        for place in found {
            // Where two spellings overlap, all of both goes.
            if place.start < at {
                at = max(at, place.end)
                continue
            }
            out += bytes[at..<place.start]
            out += place.replacement.utf8
            at = place.end
        }
        return String(decoding: out + bytes[at...], as: UTF8.self)
    }
}
