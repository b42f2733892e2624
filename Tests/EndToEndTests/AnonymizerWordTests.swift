// Which words of a text are taken for names.

import Testing
import ThreadbankCore

@Suite struct AnonymizerWordTests {
    private func anonymizer(_ people: [(String, Bool)], here: [String] = []) -> Anonymizer {
        var anonymizer = Anonymizer(secret: "s")
        anonymizer.know(people.map { .init(AuthorReference(key: $0.0, name: $0.0), isWord: $0.1) })
        anonymizer.enter(here.map { AuthorReference(key: $0, name: $0) })
        return anonymizer
    }

    @Test func everydayWordsStayUnlessSomethingSaysThatTheyAreNames() {
        let a = anonymizer([("The", false), ("will", false), ("bread", true), ("max", false)], here: ["The", "will"])
        let text = "The bread will rise. Will you? Max heat"
        #expect(a.text(text) == text)
        #expect(a.text("@will, u/the and @bread") == "@\(a.name("will")), u/\(a.name("the")) and @\(a.name("bread"))")
        #expect(a.text("said Will") == "said \(a.name("will"))")
        #expect(a.text("to the max") == "to the \(a.name("max"))", "a short name is one with the same capitals")
    }

    @Test func whoWroteElsewhereIsKnownByNamesThatAreNoWords() {
        let a = anonymizer([("ziegelbaum", false), ("Ann Example", false), ("x_1", false), ("bob", false)])
        #expect(
            a.text("Ziegelbaum, ann\n> example, X_1!") == "\(a.name("ziegelbaum")), \(a.name("ann example")), \(a.name("x_1"))!")
        #expect(a.text("Bob, bobby, x_12, ziegelbaums") == "Bob, bobby, x_12, ziegelbaums")
        #expect(a.text("_bob_ **bob** snake_bob bob_x") == "_\(a.name("bob"))_ **\(a.name("bob"))** snake_bob bob_x")
    }

    /// Endings of cases and words that Arabic and Hebrew write in front without a space.
    @Test func namesInOtherScriptsAreFoundInsideOfWords() {
        let a = anonymizer([("Иванов", false), ("محمود", false), ("דניאל", false), ("Müller", false), ("Анна", false)])
        let ivanov = a.name("Иванов")
        #expect(a.text("сказал Иванову, Ивановым") == "сказал \(ivanov)у, \(ivanov)ым")
        #expect(a.text("قال ومحمود لمحمود") == "قال و\(a.name("محمود")) ل\(a.name("محمود"))")
        #expect(a.text("ודניאל אמר") == "ו\(a.name("דניאל")) אמר")
        #expect(a.text("Müllers Haus") == "\(a.name("Müller"))s Haus")
        #expect(a.text("Ивановичевский Аннам xИванов") == "Ивановичевский Аннам xИванов", "another word, a short name")
    }

    @Test func namesOfSeveralWordsAreFoundWithoutTheirSpaces() {
        let a = anonymizer([("Ann Example", false), ("山田 太郎", false), ("Кирилл Лаврский", false), ("No Body", false)])
        #expect(a.text("AnnExample and annexample") == "\(a.name("Ann Example")) and \(a.name("Ann Example"))")
        #expect(a.text("山田太郎さん、КириллЛаврский") == "\(a.name("山田 太郎"))さん、\(a.name("Кирилл Лаврский"))")
        #expect(a.text("nobody knows, annexamples") == "nobody knows, annexamples")
    }

    @Test func whatNobodySeesInsideOfNamesHidesNone() {
        let a = anonymizer([("ziegelbaum", false), ("mi\u{200B}nd\u{2060}maker", false), ("می\u{200C}خواهم", false)])
        let ziegel = a.name("ziegelbaum")
        #expect(a.text("Zie\u{200B}gel\u{AD}baum, z\u{FEFF}\u{2060}iegelbaum!") == "\(ziegel), \(ziegel)!")
        #expect(a.text("zie&#8203;gelbaum, zie&shy;gelbaum zie%E2%80%8Bgelbaum") == "\(ziegel), \(ziegel) \(ziegel)")
        let maker = a.name("mi\u{200B}nd\u{2060}maker")
        #expect(a.text("mindmaker, mi\u{200B}nd\u{2060}maker, @mi\u{200B}ndmaker") == "\(maker), \(maker), @\(maker)")
        #expect(a.text("میخواهم") == a.name("می\u{200C}خواهم"))
        #expect(a.text("no\u{AD}thing 👩\u{200D}👧 here") == "no\u{AD}thing 👩\u{200D}👧 here")
    }

    @Test func partsOfWhatIsNoPersonsNameAreWords() {
        let a = anonymizer([], here: ["Clipper Chip Announcement", "Ann Example"])
        #expect(a.text("The Clipper Chip, says Ann") == "The Clipper Chip, says \(a.name("Ann Example"))")
        #expect(a.text("See clipper chip announcement") == "See \(a.name("Clipper Chip Announcement"))")
    }

    @Test func accountsInLinesThatSayWhoWroteGo() {
        var a = Anonymizer(secret: "s")
        let people = [
            AuthorReference(key: "bobby@example.org", name: "Robert Example"),
            AuthorReference(key: "mark@a.example", name: "M. Other"),
        ]
        a.know(people.map { .init($0, isWord: false) })
        a.enter([people[0]])
        let bob = a.name("Robert Example")
        #expect(a.text("On Monday, bobby wrote:\n> x") == "On Monday, \(bob) wrote:\n> x")
        #expect(a.text("In an article bobby (R. E.) writes:") == "In an article \(bob) (R. E.) writes:")
        #expect(a.text("am Montag schrieb bobby:") == "am Montag schrieb \(bob):")
        #expect(a.text("bobby@example.org wrote:") == "\(bob)@anonymous.invalid wrote:")
        // Who is not of the thread may be one of many with that account.
        #expect(a.text("> mark wrote:") == "> \(a.name("mark")) wrote:")
        #expect(a.text("a bobby pin; mark my words: I wrote: x") == "a bobby pin; mark my words: I wrote: x")
    }

    @Test func namesInAddressesGoAndTheAddressesStayOtherwise() {
        let a = anonymizer([("Ann Example", false), ("https://ann.example/me", false)])
        let ann = a.name("ann example")
        #expect(a.text("https://f.example/by/Ann%20Example/2") == "https://f.example/by/\(ann)/2")
        #expect(a.text("https://f.example/users/12/ann-example?x") == "https://f.example/users/\(a.name("12"))?x")
        #expect(
            a.text("https://f.example/~who, https://f.example/?user=who&x")
                == "https://f.example/~\(a.name("who")), https://f.example/?user=\(a.name("who"))&x")
        #expect(a.text("see https://ann.example/me/.") == "see \(a.name("https://ann.example/me")).")
        #expect(a.text("people/places and https://f.example/a") == "people/places and https://f.example/a")
    }
}
