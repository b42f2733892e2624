// Habits of the sources, and articles and scripts that must stay true.

import Testing
import ThreadbankTestSupport

@Suite struct SourceTests {
    private func swiftFiles(_ folders: String...) throws -> [String] {
        let files = try folders.flatMap(Project.files).filter { $0.hasSuffix(".swift") }
        try #require(files.count >= 3)
        return files
    }

    @Test func everyFileOpensWithACommentOnWhatItIsFor() throws {
        for file in try swiftFiles("Sources", "Migrations", "Tests") {
            let first = try Project.text(file).prefix { $0 != "\n" }
            #expect(first.hasPrefix("// ") && first.count > 12, "\(file)")
        }
    }

    @Test func noFileIsLongerThan400Lines() throws {
        for file in try swiftFiles("Sources", "Migrations", "Tests") {
            #expect(try Project.text(file).split(separator: "\n", omittingEmptySubsequences: false).count <= 401, "\(file)")
        }
    }

    @Test func nothingIsLeftToDo() throws {
        let marks = ["TO" + "DO", "FIX" + "ME"]
        for file in try swiftFiles("Sources", "Migrations", "Tests") {
            let text = try Project.text(file)
            let found = marks.filter(text.contains)
            #expect(found.isEmpty, "\(file)")
        }
    }

    /// Of the archive's library nobody must know that it uses GRDB, and importers must not know the archive.
    @Test func importsPointOneWay() throws {
        let forbidden = [
            "Sources/ThreadbankCore": ["GRDB", "ArgumentParser", "Threadbank", "ThreadbankImporters", "ThreadbankMigrations"],
            "Sources/ThreadbankImporters": ["GRDB", "ArgumentParser", "Threadbank", "ThreadbankMigrations"],
            "Sources/Threadbank": ["ArgumentParser", "ThreadbankImporters"],
            "Sources/ThreadbankCLI": ["GRDB", "GRDBSQLite", "ThreadbankMigrations"],
        ]
        for (folder, modules) in forbidden {
            for file in try swiftFiles(folder) {
                for line in try Project.text(file).split(separator: "\n") where line.contains("import ") {
                    let words = line.split(separator: " ")
                    guard let place = words.firstIndex(of: "import"), place <= 1, place + 1 < words.count else { continue }
                    #expect(!modules.contains(String(words[place + 1])), "\(file): \(line)")
                    if folder == "Sources/Threadbank", words[place + 1].hasPrefix("GRDB") {
                        #expect(words[0] == "internal", "\(file)")
                    }
                }
            }
        }
    }
}

@Suite struct ArticleTests {
    /// The articles beside the landing page, without their ending.
    private func articles() throws -> [String] {
        try Project.files(below: Project.articles).filter { $0.hasSuffix(".md") }
            .map { String($0.dropFirst(Project.articles.count + 1).dropLast(3)) }.filter { $0 != "Documentation" }
    }

    private func links(_ article: String) throws -> [String] {
        try Project.text("\(Project.articles)/\(article).md").matches(of: #/<doc:([A-Za-z]+)>/#).map { String($0.1) }
    }

    @Test func theLandingPageListsEveryArticleAndNoOther() throws {
        let articles = try articles()
        #expect(articles.count >= 6)
        #expect(Set(try links("Documentation")) == Set(articles))
        let readme = Markdown(try Project.text("README.md")).links
        for article in articles { #expect(readme.contains("\(Project.articles)/\(article).md"), "README: \(article)") }
    }

    @Test func linksBetweenArticlesLeadSomewhere() throws {
        let articles = try articles()
        for article in articles {
            for link in try links(article) { #expect(articles.contains(link), "\(article): \(link)") }
        }
    }

    /// But for the files that the walk-throughs make.
    @Test func filesAndTypesThatArticlesNameAreThere() throws {
        let sources = try Project.files(below: "Sources") + Project.files(below: "Migrations") + Project.files(below: "Scripts")
        let all = try sources.filter { $0.hasSuffix(".swift") }.map(Project.text).joined(separator: "\n")
        for article in try articles() + ["Documentation"] {
            let page = Markdown(try Project.text("\(Project.articles)/\(article).md"))
            func isSource(_ name: String) -> Bool {
                all.contains(name) || sources.contains { $0.hasSuffix("/\(name).swift") || $0.hasPrefix("Sources/\(name)/") }
            }
            for name in page.code where !name.contains("TSV") && !name.contains("Tags") && !name.contains("seeds/tsv") {
                if name.hasSuffix(".swift") || name.hasPrefix("Sources/") || name.hasPrefix("Scripts/") {
                    #expect(sources.contains { $0.hasSuffix(name) || $0.hasPrefix(name) }, "\(article): \(name)")
                } else if name.wholeMatch(of: #/[A-Z][A-Za-z]+/#) != nil, name.dropFirst().contains(where: \.isUppercase),
                    name.contains(where: \.isLowercase)
                {
                    let isTest = ["MemoryInput", "RecordingSink", "EndToEndTests", "ProjectTests", "ThreadbankTestSupport"]
                        .contains(name)
                    let isSwifts = ["InternalImportsByDefault", "MemberImportVisibility", "ValidationError"].contains(name)
                    #expect(isTest || isSwifts || isSource(name), "\(article): \(name)")
                }
            }
        }
    }
}

@Suite struct ScriptTests {
    @Test func everyScriptSaysWhatItIsForAndStopsAtTheFirstFailure() throws {
        let scripts =
            try Project.files(below: "Scripts").filter { name in
                !["/recovery/", "/benchmark/"].contains(where: name.contains)
            } + [".ci/run"]
        #expect(scripts.count >= 6)
        for script in scripts {
            let lines = try Project.text(script).split(separator: "\n")
            #expect(lines.first == "#!/usr/bin/env bash", "\(script)")
            #expect(lines.dropFirst().first?.hasPrefix("# ") == true, "\(script)")
            #expect(lines.contains("set -euo pipefail"), "\(script)")
        }
    }
}
