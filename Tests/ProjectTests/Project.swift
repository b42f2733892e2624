// What the tests of this target read: files of the checkout, parts of Markdown, and what the command says of itself.

import Foundation
import Testing
import ThreadbankTestSupport

enum Project {
    /// The text of a file of the checkout.
    static func text(_ path: String) throws -> String {
        String(decoding: try #require(Checkout.bytes("\(Checkout.path)/\(path)"), "\(path) is missing"), as: UTF8.self)
    }

    /// The paths of all files below a folder of the checkout, hidden ones left out, in order.
    static func files(below folder: String) throws -> [String] {
        let all = try #require(FileManager.default.enumerator(atPath: "\(Checkout.path)/\(folder)"), "\(folder) is missing")
        return all.compactMap { $0 as? String }
            .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } && isFile("\(folder)/\($0)") }
            .map { "\(folder)/\($0)" }.sorted()
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(Checkout.path)/\(path)") }

    private static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(Checkout.path)/\(path)", isDirectory: &isFolder) && !isFolder.boolValue
    }

    static let articles = "Sources/ThreadbankCore/Documentation.docc"
}

/// Markdown, as far as these tests look into it.
struct Markdown {
    let lines: [Substring]

    init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// What stands under a heading, up to the next one of its level or above.
    func section(_ heading: String) -> Markdown? {
        guard let start = lines.firstIndex(of: Substring(heading)) else { return nil }
        let level = heading.prefix { $0 == "#" }.count
        let rest = lines[(start + 1)...]
        let end = rest.firstIndex { line in
            let marks = line.prefix { $0 == "#" }.count
            return marks > 0 && marks <= level && line.dropFirst(marks).first == " "
        }
        return Markdown(rest[..<(end ?? rest.endIndex)].joined(separator: "\n"))
    }

    /// The words in backticks in the first column of its tables.
    var rowNames: [String] {
        lines.filter { $0.hasPrefix("| `") }.flatMap { line in
            Self.code(in: line.dropFirst(2).prefix(while: { $0 != "|" }))
        }
    }

    /// The parts in backticks.
    var code: [String] { lines.flatMap(Self.code) }

    /// The fenced blocks in order, each with its language.
    var blocks: [(language: String, lines: [String])] {
        var blocks: [(String, [String])] = []
        var open: (String, [String])?
        for line in lines {
            if let block = open {
                if line == "```" {
                    blocks.append(block)
                    open = nil
                } else {
                    open = (block.0, block.1 + [String(line)])
                }
            } else if line.hasPrefix("```") {
                open = (String(line.dropFirst(3)), [])
            }
        }
        return blocks
    }

    /// Where its links lead that lead into the checkout.
    var links: [String] {
        lines.flatMap { line in
            line.matches(of: #/\]\(([^)#]+)[^)]*\)/#).map { String($0.1) }.filter { !$0.contains("://") }
        }
    }

    private static func code(in line: some StringProtocol) -> [String] {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { $0 % 2 == 1 ? String($1) : nil }
    }
}
