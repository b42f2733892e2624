// Batches of articles as servers sent them to each other: `#! rnews LENGTH`, and as many bytes.

internal import ThreadbankCore

enum RnewsBatch {
    static let mark = Array("#! rnews ".utf8)

    /// Calls `body` with every article. Where a length is wrong, reading goes on at the next mark.
    static func read(
        _ window: inout ByteWindow, from first: Int, _ body: (RawMail) throws -> Void, broken: (ImportDiagnostic) -> Void
    ) throws {
        var start = first
        var number = 1
        while true {
            while !window.isAtEnd, window.count - start < 4_096 { start -= try window.fill(keepingFrom: start) }
            guard start < window.count else {
                if let failure = window.failure { throw failure }
                return
            }
            let offset = window.offset + start
            let line = window.line(start)
            let digits = line.dropFirst(mark.count).prefix { (0x30...0x39).contains($0) }
            guard line.starts(with: mark), let length = Int(String(decoding: digits, as: UTF8.self)),
                length <= MailSplitter.longest
            else {
                broken(ImportDiagnostic(at: .byte(offset), "no article", detail: "no line \"#! rnews LENGTH\" here"))
                guard let next = try nextMark(&window, from: start) else { return }
                start = next
                continue
            }
            let head = window.lineEnd(start) + 1 - start
            while !window.isAtEnd, window.count - start < head + length { start -= try window.fill(keepingFrom: start) }
            let end = min(window.count, start + head + length)
            if end - start < head + length {
                broken(ImportDiagnostic(at: .byte(offset), "cut article", detail: "\(length) bytes were promised"))
                return
            }
            try body(RawMail(bytes: window.bytes[(start + head)..<end], offset: offset, number: number))
            number += 1
            start = end
        }
    }

    private static func nextMark(_ window: inout ByteWindow, from place: Int) throws -> Int? {
        var scan = place + 1
        while true {
            if let found = window.find([0x0A] + mark, from: scan) { return found + 1 }
            if window.isAtEnd { return nil }
            scan = max(scan, window.count - mark.count - 1)
            scan -= try window.fill(keepingFrom: scan)
        }
    }
}
