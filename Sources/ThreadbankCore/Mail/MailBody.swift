// What of a mail's text its author wrote, and what is quoted, a signature, or a list's footer.

/// Tells the parts of a mail's plain text apart.
///
/// The text itself is kept as it came: quotes are lines that begin with `>`, a signature stands behind a line `-- `, a list's footer
/// behind a line of `_`. So nothing is lost where a part is taken for something else.
///
/// ```swift
/// let own = MailBody.parts(of: text).filter { $0.kind == .own }.map { text[$0.range] }
/// ```
public enum MailBody {
    public enum Kind: String, Sendable, CaseIterable {
        /// What the author of the mail wrote.
        case own
        /// What another wrote, marked line by line, or below "Original Message".
        case quote
        /// The line that says whose words follow: "On Monday, Ann wrote:".
        case attribution
        /// What stands behind `-- `.
        case signature
        /// What the list adds to every mail.
        case footer
    }

    public struct Part: Sendable, Equatable {
        public var kind: Kind
        /// Whole lines with their ends.
        public var range: Range<String.Index>
    }

    /// The parts in order: without gaps, from the text's start to its end, neighbours of different kinds. Takes time linear in the text.
    public static func parts(of text: String) -> [Part] {
        let lines = MailLine.lines(of: text)
        var kinds = lines.map { $0.isQuoted ? Kind.quote : .own }
        markFooter(lines, &kinds)
        markOriginalMessage(lines, &kinds)
        markAttributions(lines, &kinds)
        markSignature(lines, &kinds)
        joinQuotes(lines, &kinds)
        var parts: [Part] = []
        for (line, kind) in zip(lines, kinds) {
            if parts.last?.kind == kind {
                parts[parts.count - 1].range = parts[parts.count - 1].range.lowerBound..<line.range.upperBound
            } else {
                parts.append(Part(kind: kind, range: line.range))
            }
        }
        return parts
    }

    /// A list's footer is short, stands at the end, and speaks of the list.
    private static func markFooter(_ lines: [MailLine], _ kinds: inout [Kind]) {
        let from = max(0, lines.count - 30)
        guard let start = lines.indices[from...].first(where: { lines[$0].isFooterRule && !lines[$0].isQuoted }) else {
            let opening = lines.indices[from...].first { lines[$0].opensFooter }
            guard var start = opening else { return }
            if start > 0, lines[start - 1].isSignatureMark { start -= 1 }
            for index in start..<lines.count { kinds[index] = .footer }
            return
        }
        guard lines[(start + 1)...].contains(where: { $0.speaksOfList }), !lines[(start + 1)...].contains(where: \.isQuoted)
        else {
            return
        }
        for index in start..<lines.count { kinds[index] = .footer }
    }

    /// Below "-----Original Message-----" everything is another's.
    private static func markOriginalMessage(_ lines: [MailLine], _ kinds: inout [Kind]) {
        guard let start = lines.indices.first(where: { kinds[$0] == .own && lines[$0].isOriginalMark }) else { return }
        kinds[start] = .attribution
        for index in lines.indices[(start + 1)...] where kinds[index] != .footer { kinds[index] = .quote }
    }

    /// The one to three lines right above a quote that say who wrote it.
    private static func markAttributions(_ lines: [MailLine], _ kinds: inout [Kind]) {
        for index in lines.indices where kinds[index] == .quote && (index == 0 || kinds[index - 1] != .quote) {
            var last = index - 1
            if last >= 0, lines[last].isBlank { last -= 1 }
            guard last >= 0, kinds[last] == .own, lines[last].endsAttribution else { continue }
            var first = last
            while last - first < 2, first > 0, kinds[first - 1] == .own, !lines[first - 1].isBlank, !lines[first].opensAttribution
            {
                first -= 1
            }
            if !lines[first].opensAttribution {
                guard lines[last].namesAuthor else { continue }
                first = last
            }
            for line in first..<index { kinds[line] = .attribution }
        }
    }

    /// From the last line `-- ` of the author's own on; quotes below it stay quotes.
    private static func markSignature(_ lines: [MailLine], _ kinds: inout [Kind]) {
        guard let start = lines.indices.last(where: { kinds[$0] == .own && lines[$0].isSignatureMark }) else { return }
        let end = lines.indices[start...].first { kinds[$0] != .own } ?? lines.count
        guard end - start <= 40 else { return }
        for index in start..<end { kinds[index] = .signature }
    }

    /// Blank lines between quoted ones are quoted.
    private static func joinQuotes(_ lines: [MailLine], _ kinds: inout [Kind]) {
        var last: Int?
        for index in lines.indices where !(kinds[index] == .own && lines[index].isBlank) {
            if kinds[index] == .quote, let last, kinds[last] == .quote {
                for between in (last + 1)..<index { kinds[between] = .quote }
            }
            last = index
        }
    }
}
