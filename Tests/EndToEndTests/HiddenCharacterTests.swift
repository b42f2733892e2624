// What nobody sees is shown where it can hide words or make two names look alike, and left where a script or a picture needs it.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import ThreadbankCLI

@Suite struct HiddenCharacterTests {
    @Test(
        arguments: [
            ("zero\u{200B}width", "zero\\u{200b}width"), ("a\u{2060}b\u{2064}", "a\\u{2060}b\\u{2064}"),
            ("\u{FEFF}a", "\\u{feff}a"), ("ad\u{200D}min", "ad\\u{200d}min"), ("ad\u{200C}min", "ad\\u{200c}min"),
            ("a\u{206A}b", "a\\u{206a}b"), ("a\u{FFF9}b\u{FFFB}", "a\\u{fff9}b\\u{fffb}"),
            ("x\u{E0068}\u{E0069}", "x\\u{e0068}\\u{e0069}"), ("a\u{FE0F}", "a\\u{fe0f}"),
            ("😀\u{FE0F}\u{FE01}\u{E0101}", "😀\u{FE0F}\\u{fe01}\\u{e0101}"), ("a\u{E0100}b", "a\\u{e0100}b"),
            ("a\u{3164}b", "a\\u{3164}b"), ("a\u{115F}\u{1160}b", "a\\u{115f}\\u{1160}b"), ("a\u{034F}b", "a\\u{34f}b"),
            ("a\u{AD}\u{AD}b", "a\\u{ad}\\u{ad}b"), ("\u{AD}a", "\\u{ad}a"), ("a\u{180E}b", "a\\u{180e}b"),
            ("می\u{200C}\u{200C}خواهم", "می\u{200C}\\u{200c}خواهم"), ("🏴\u{E0068}\u{E0069}", "🏴\\u{e0068}\\u{e0069}"),
            ("\u{1D173}", "\\u{1d173}"), ("a\u{202E}b", "a\\u{202e}b"), ("a\u{200D}", "a\\u{200d}"),
        ] as [(String, String)])
    func whatHidesIsShown(text: String, shown: String) {
        #expect(text.showingControls() == shown)
        #expect(text.showingControls(keepingNewlines: true) == shown)
        #expect(BodyText.lines(text, .plain, width: 80) == [shown])
        #expect(shown.showingControls() == shown)
    }

    /// Families, flags, hearts, keycaps; Persian, Hindi, Marathi, Malayalam; Khmer and Thai, whose words the zero-width space parts; old
    /// Korean, Mongolian, characters of names in Japan, a slashed zero; soft hyphens.
    @Test(arguments: [
        "👩\u{200D}👩\u{200D}👧", "🏳\u{FE0F}\u{200D}🌈", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "❤\u{FE0F}",
        "1\u{FE0F}\u{20E3}",
        "👩🏽\u{200D}💻", "☺\u{FE0E}", "می\u{200C}خواهم", "क्\u{200D}ष", "र\u{94D}\u{200D}", "\u{200D}ه", "അവന്\u{200D}",
        "ភាសា\u{200B}ខ្មែរ", "ภาษา\u{200B}ไทย", "\u{115F}\u{1161}\u{11A8}", "ᠮᠠ\u{180E}ᠭ\u{180B}", "葛\u{E0100}", "0\u{FE00}",
        "Donau\u{AD}dampf\u{AD}schiff",
        "∩\u{FE00}", "e\u{301}", "日本語", "Ünïcödé",
    ])
    func whatAScriptNeedsIsLeft(text: String) { #expect(text.showingControls() == text) }

    /// The index parts words at joiners, so that a hit may end before one.
    @Test(arguments: [
        ["می", "\u{200C}خواهم"], ["क्", "\u{200D}ष"], ["👩\u{200D}", "👧"], ["a ", "\u{200C}b"], ["a", "\u{200C}b"],
    ])
    func aHitThatEndsAtAJoinerLooksAsTheWordDoes(parts: [String]) {
        let pieces = [SearchHit.Piece(parts[0], isHit: true), SearchHit.Piece(parts[1])]
        let lines = SnippetLines(style: .plain, width: 60).lines(pieces)
        #expect(lines == [parts.joined().showingControls()])
    }

    @Test func noVerbSendsThemToATerminalAndJSONIsExact() throws {
        let folder = try TemporaryFolder()
        let environment = ["THREADBANK_ARCHIVE": folder.file("a.sqlite")]
        let line = #"{"body":"hi\u200bdden","title":"t\udb40\udc68t","author":"an\u2060n","forum":"f\u200bg","key":"1"}"#
        _ = try Binary.run(["import", "-", "--from", "jsonl"], stdin: line + "\n", environment: environment)
        for verb in [
            ["thread", "1"], ["show", "1"], ["threads"], ["authors"], ["search", ""], ["stats"], ["sql", "select * from posts"],
        ] {
            let text = try Binary.run(verb, environment: environment).stdout
            #expect(
                text.contains("\\u{") && !text.unicodeScalars.contains { $0.properties.generalCategory == .format },
                "\(verb): \(text)")
        }
        let json = try Binary.run(["thread", "1", "--format", "json"], environment: environment).stdout
        #expect(json.contains("hi\u{200B}dden") && json.contains("an\u{2060}n"))
    }
}
