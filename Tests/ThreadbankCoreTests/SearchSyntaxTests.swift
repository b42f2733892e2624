// The page on the query language is true: each of its examples is read, and every operator and field has one.

import Foundation
import Testing

@testable import ThreadbankCore

@Suite struct SearchSyntaxTests {
    static let examples: [String] = {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let page = tests.appendingPathComponent("../Sources/ThreadbankCore/Documentation.docc/SearchSyntax.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "```search\n").dropFirst().flatMap { block in
            block.components(separatedBy: "```")[0].split(separator: "\n").map {
                $0.components(separatedBy: " # ")[0].trimmingCharacters(in: .whitespaces)
            }
        }
    }()

    @Test(arguments: examples)
    func everyExampleIsRead(example: String) throws {
        let query = try SearchQuery.parse(example)
        #expect(query != .nothing && query != .everything)
        #expect(try SearchQuery.parse(query.description) == query)
    }

    @Test func everyFieldAndPropertyHasAnExample() {
        #expect(Self.examples.count > 40)
        let all = Self.examples.joined(separator: "\n")
        for name in SearchField.Name.allCases { #expect(all.contains("\(name.rawValue):"), "\(name)") }
        for property in SearchField.Property.allCases { #expect(all.contains("is:\(property.rawValue)")) }
        for part in SearchField.Part.allCases { #expect(all.contains("has:\(part.rawValue)")) }
        for word in [" OR ", " AND ", " NOT ", " NEAR/", "*", "-(", "by:"] { #expect(all.contains(word)) }
    }
}
