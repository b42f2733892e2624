// Dates of a query, and names without case and accents.

import Testing
import ThreadbankCore

@Suite struct SearchValueTests {
    @Test(arguments: [
        ("2023", "2023-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
        ("2023-12", "2023-12-01T00:00:00Z", "2024-01-01T00:00:00Z"),
        ("2024-2", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
        ("1969-12-31", "1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("1969", "1969-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("2023-06-01T10:30", "2023-06-01T10:30:00Z", "2023-06-01T10:31:00Z"),
        ("2023-06-01T10:30:15Z", "2023-06-01T10:30:15Z", "2023-06-01T10:30:16Z"),
        ("2023-06-01 10:30+02:00", "2023-06-01T08:30:00Z", "2023-06-01T08:31:00Z"),
    ])
    func aDateIsAsLongAsItsUnit(typed: String, start: String, end: String) throws {
        let date = try #require(SearchDate(typed))
        #expect(Timestamp.text(date.start) == start)
        #expect(Timestamp.text(date.end) == end)
        #expect(SearchDate(date.description) == date)
    }

    @Test(arguments: [
        "", "23", "2023-13", "2023-02-30", "2023-", "-2023", "2023-06-01T", "2023-06-01T25:00", "02023", "２０２３", "2023-06-01-01",
    ])
    func refusesWhatIsNoDate(typed: String) {
        #expect(SearchDate(typed) == nil)
    }

    @Test func theLastYearHasAnEnd() {
        #expect(SearchDate("9999")?.end == 253_402_300_800)
        #expect(SearchDate("0000")?.start == -62_167_219_200)
    }

    @Test(arguments: [
        ("bob", "Bob", true), ("bob", "bobby", false), ("bob*", "Bobby", true), ("*by", "Bobby", true), ("b*b*y", "bobby", true),
        ("b*y*b", "bobby", false), ("*", "", true), ("*", "anyone", true), ("jose", "José", true), ("josé", "JOSE\u{301}", true),
        ("a*a", "a", false), ("a*a", "aa", true), ("ΑΘΗΝΑ", "αθήνα", true), ("**x**", "axb", true), ("ab*bc", "abc", false),
    ])
    func namesFitWithoutCaseAndAccents(pattern: String, name: String, fits: Bool) {
        #expect(NamePattern(pattern).fits(name) == fits)
    }

    @Test func likePatternsEscapeWhatLIKETakesForItsOwn() {
        #expect(NamePattern("A_b%*\\É").like == "a\\_b\\%%\\\\e")
        #expect(NamePattern("ж*").like == nil)
    }
}
