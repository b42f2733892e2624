// A chat log as messages: which pages are logs, what belongs to a message, and what only the channel says.

/// One message of a log.
struct ChatMessage: Sendable {
    /// Where it stands in the page; what was wrapped onto further lines, too.
    var lines: [PageLine]
    var speaker: String
    var text: String
    var isAction: Bool
    /// Seconds since the midnight before the log's first line, never falling: a clock that goes back far passed midnight.
    var time: Int
    /// Unix seconds, where the log names the day.
    var createdAt: Int64?
}

struct ChatLog {
    private(set) var messages: [ChatMessage] = []
    private(set) var furniture: [PageFurniture] = []

    /// nil where the page is no log: nine in ten of its first lines are a log's, and two at least are messages.
    ///
    /// - parameter day: Unix seconds of the midnight before the first line, where that is known from elsewhere.
    init?(_ lines: [PageLine], day: Int64?) {
        let head = lines.prefix(200).map { ChatLine($0.text) }
        let known = head.count { $0 != nil }
        let said = head.count { if case .message = $0?.kind { true } else { false } }
        guard said >= 2, known * 10 >= head.count * 9 else { return nil }
        var day = day
        var passed = 0
        var latest: Int?
        for line in lines {
            guard let read = ChatLine(line.text) else {
                if messages.isEmpty {
                    furniture.append(PageFurniture(line: line.number, kind: .chrome))
                } else {
                    messages[messages.count - 1].lines.append(line)
                    messages[messages.count - 1].text += "\n" + line.text
                }
                continue
            }
            if let time = read.time {
                if let before = latest, time < before - 3_600 {
                    passed += 86_400
                    if read.day == nil, let known = day { day = known + 86_400 }
                }
                latest = time
            }
            if let named = read.day {
                // A notice of the new day stands above its first clock time, which then passes nothing.
                if case .notice = read.kind, read.time == nil, named != day, latest != nil {
                    passed += 86_400
                    latest = nil
                }
                day = named
            }
            switch read.kind {
            case .notice: furniture.append(PageFurniture(line: line.number, kind: .chrome))
            case .message(let speaker, let isAction):
                let time = read.time ?? latest ?? 0
                messages.append(
                    ChatMessage(
                        lines: [line], speaker: speaker, text: read.text, isAction: isAction,
                        time: max(messages.last?.time ?? 0, passed + time), createdAt: day.map { $0 + Int64(time) }))
            }
        }
    }
}
