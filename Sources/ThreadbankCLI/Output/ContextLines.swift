// A hit between the posts above it and the replies to it, for `search --context`.

internal import Threadbank
internal import ThreadbankCore

/// Draws the posts around a hit, a line each, with the hit's own lines in their place.
///
/// ```
/// The thread's title  p4/t1 · alice · 2023-11-14
///     … 2 further up
///     p2 bob 2023-11-14 20:01  How do I mount a disk?
///     ▶ …the words that were found…
///       p7 carol 2023-11-15 08:00  Thank you
///       … 3 more replies
/// ```
struct ContextLines {
    let style: Style
    let width: Int

    func around(_ lines: [String], _ around: PostSurroundings) -> [String] {
        guard let head = lines.first else { return lines }
        let line = PostLine(style: .plain)
        var drawn = [head]
        if around.furtherUp > 0 { drawn.append("    " + style.dim("… \(around.furtherUp) further up")) }
        drawn += around.above.map { "    " + style.dim(line.summary($0, width: width - 4)) }
        let body = lines.dropFirst().map { $0.drop { $0 == " " } }
        drawn += body.enumerated().map { ($0 == 0 ? "  ▶ " : "    ") + $1 }
        drawn += around.below.map { "      " + style.dim(line.summary($0, width: width - 6)) }
        if around.moreBelow > 0 {
            drawn.append("      " + style.dim("… \(around.moreBelow.counted("more reply", "more replies"))"))
        }
        return drawn
    }

    static func json(_ around: PostSurroundings) -> JSON {
        .object([
            ("above", .array(around.above.map(DetailsJSON.summary))), ("further_up", JSON(around.furtherUp)),
            ("below", .array(around.below.map(DetailsJSON.summary))), ("more_below", JSON(around.moreBelow)),
        ])
    }
}
