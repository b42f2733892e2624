// Which of a paragraph's marks Markdown can write.

extension MarkdownLeaf {
    /// The items without the marks that Markdown would show as asterisks, as in `foo<b>"bar"</b>`; texts that then meet are one.
    var itemsThatHold: [Item] {
        var holds = [Bool](repeating: true, count: items.count)
        var opened: [(mark: Mark, place: Int)] = []
        for (place, item) in items.enumerated() {
            switch item {
            case .open(let mark): opened.append((mark, place))
            case .close(let mark):
                guard let last = opened.last, last.mark == mark else {
                    holds[place] = false
                    continue
                }
                opened.removeLast()
                if !canOpen(at: last.place) || !canClose(at: place) {
                    holds[place] = false
                    holds[last.place] = false
                }
            default: break
            }
        }
        for mark in opened { holds[mark.place] = false }
        var kept: [Item] = []
        for (item, isKept) in zip(items, holds) where isKept {
            switch (kept.last, item) {
            case (.text(let last)?, .text(let next)) where last.upperBound == next.lowerBound:
                kept[kept.count - 1] = .text(last.lowerBound..<next.upperBound)
            case (.code(let last)?, .code(let next)) where last.upperBound == next.lowerBound:
                kept[kept.count - 1] = .code(last.lowerBound..<next.upperBound)
            default: kept.append(item)
            }
        }
        return kept
    }

    private func canOpen(at place: Int) -> Bool {
        // Within an address the marks would be part of it.
        if place > 0, case .text(let range) = items[place - 1] {
            let word = bytes[range].reversed().prefix { $0 > 0x20 }
            if zip(word, word.dropFirst(1)).contains(where: { $0 == UInt8(ascii: "/") && $1 == UInt8(ascii: "/") }) {
                return false
            }
        }
        let after = kind(after: place)
        return after != .space && (after != .mark || kind(before: place) != .word)
    }

    private func canClose(at place: Int) -> Bool {
        let before = kind(before: place)
        return before != .space && (before != .mark || kind(after: place) != .word)
    }

    private func kind(before place: Int) -> CharacterKind {
        for item in items[..<place].reversed() {
            switch item {
            case .open, .close: continue
            case .text(let range): return CharacterKind(endOf: bytes[range])
            case .lineBreak: return .space
            case .code, .image, .openLink, .closeLink: return .mark
            }
        }
        return .space
    }

    private func kind(after place: Int) -> CharacterKind {
        for item in items[(place + 1)...] {
            switch item {
            case .open, .close: continue
            case .text(let range): return CharacterKind(startOf: bytes[range])
            case .lineBreak: return .space
            case .code, .image, .openLink, .closeLink: return .mark
            }
        }
        return .space
    }
}
