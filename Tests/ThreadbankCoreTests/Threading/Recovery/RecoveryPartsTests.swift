// The parts of recovery by themselves: weights and their tables, words of posts, habits, the cut, the histories of a walk.

internal import Foundation
import Testing

@testable import ThreadbankCore

@Suite struct RecoveryPartsTests {
    @Test func aTableOfWeightsIsReadAndAdded() {
        let weights = FeatureWeights("asks y 0.50 n -0.25\nword - 1.00 two_words 2.00\nbroken 1\n")
        #expect(weights.weight("asks", "n") == -0.25)
        #expect((weights.weight("word", ""), weights.weight("word", "two words")) == (1, 2))
        #expect((weights.weight("asks", "maybe"), weights.weight("broken", "1"), weights.weight("none", "")) == (0, 0, 0))
        #expect(weights.adding(FeatureWeights("asks y 1\nnew a 3")).weight("asks", "y") == 1.5)
    }

    /// The features of a paragraph, or of one below another.
    private static func wording(_ texts: String...) -> [String] {
        let words = LineCues.all(MergedPage.lines(of: PageLine.lines(of: texts))).map(ParagraphWords.init)
        var features: [String] = []
        let emit = { (name: String, value: [UInt8]) in features.append("\(name)=\(String(decoding: value, as: UTF8.self))") }
        if words.count > 1 { words[1].forEach(below: words[0], emit) } else { words.first?.forEach(emit) }
        return features
    }

    @Test func theWordingOfAParagraphIsItsFirstAndLastSentenceAndAllWords() {
        let features = Self.wording("You are right, you are. It took 12 years. So be it!")
        for feature in [
            "w=you", "ww=you are", "head=right", "pair=are right", "any=0", "any=took", "tail=so", "end=it", "ends=be it",
            "mark=33", "mark=44", "mark=46", "sentences=3", "first=upper", "last=!",
        ] { #expect(features.contains(feature), "\(feature)") }
        for feature in ["head=took", "tail=took", "tail=right", "any=12", "mark=63"] { #expect(!features.contains(feature)) }
        #expect(Set(features).count == features.count)
        for text in ["", "…", "🙂", "我同意。", "привет"] { #expect(Set(Self.wording(text)).count == Self.wording(text).count) }
    }

    @Test func theWordingOfTwoParagraphsIsWhatTheyShare() {
        let features = Self.wording("I like the station?", "I hate the station, and you.")
        for feature in ["w.w=i i", "last.w=? i", "both=the", "both=i", "shared=1", "persons=yn yy", "last.first=? upper"] {
            #expect(features.contains(feature), "\(feature)")
        }
        #expect(!features.contains("both=station"))
    }

    @Test func theBucketsOfScoresRise() {
        let buckets = [-9, -2.5, -0.1, 0, 0.2, 1.9, 9].map(ParagraphScores.bucket)
        #expect(buckets == [0, 1, 5, 6, 6, 11, 11])
    }

    @Test func noTwoFeaturesOfATableAreTakenForOne() {
        for table in [
            RecoveryWeights.page, RecoveryWeights.boundary, RecoveryWeights.run, RecoveryWeights.topicBoundary,
            RecoveryWeights.topicRun, RecoveryWeights.parent, RecoveryWeights.topicParent, RecoveryWeights.below,
            RecoveryWeights.above, RecoveryWeights.wordedBoundary, RecoveryWeights.wordedRun, RecoveryWeights.pair,
            RecoveryWeights.whole, RecoveryWeights.first, RecoveryWeights.last,
        ] {
            var features: Set<String> = []
            for line in table.split(separator: "\n") {
                let parts = line.split(separator: " ")
                for at in stride(from: 1, to: parts.count, by: 2) { features.insert("\(parts[0])=\(parts[at])") }
            }
            #expect(FeatureWeights(table).count == features.count)
        }
    }

    @Test func aSetOfWordsKnowsItsOwn() {
        let words = ["danke", "спасибо", "谢谢", "thanks", "i"]
        let set = WordSet(words)
        for word in words { #expect(set.contains(Array(word.utf8)[...])) }
        for word in ["", "thank", "thanks!", "dank", "谢"] { #expect(!set.contains(Array(word.utf8)[...])) }
    }

    @Test func beginningsAndEndsOfTextCutNoCharacter() {
        #expect(PageWords.head("äöü", bytes: 3) == "ä")
        #expect(PageWords.head("äöü", bytes: 4) == "äö")
        #expect(PageWords.tail("äöü", bytes: 3) == "ü")
        #expect(PageWords.head("abc", bytes: 9) == "abc")
        #expect(PageWords.tail("", bytes: 2) == "")
    }

    @Test(arguments: [
        ("Don’t PANIC, it's ÄRGER2!", ["dont", "panic", "its", "ärger2"]), ("我同意。ok吗", ["我同", "同意", "ok"]),
        ("", []), ("  …  ", []), ("привет-мир", ["привет", "мир"]),
    ]) func wordsAreFoundInAnyScript(_ text: String, _ words: [String]) {
        #expect(PageWords.words(of: text) == words)
        // A part of a longer text gives the same.
        #expect(PageWords.words(of: "x \(text) x".dropFirst(2).dropLast(2)) == words)
    }

    @Test func theGeneratedTablesAreWellFormed() {
        for table in [
            RecoveryWeights.page, RecoveryWeights.boundary, RecoveryWeights.run, RecoveryWeights.topicBoundary,
            RecoveryWeights.topicRun,
            RecoveryWeights.parent, RecoveryWeights.topicParent, RecoveryWeights.below, RecoveryWeights.above,
            RecoveryWeights.wordedBoundary, RecoveryWeights.wordedRun, RecoveryWeights.pair, RecoveryWeights.whole,
            RecoveryWeights.first, RecoveryWeights.last, ChatWeights.table,
        ] {
            for line in table.split(separator: "\n") {
                let parts = line.split(separator: " ")
                #expect(parts.count % 2 == 1, "\(line)")
                for at in stride(from: 2, to: parts.count, by: 2) { #expect(Double(parts[at]) != nil, "\(line)") }
            }
        }
        for line in ChatWeights.table.split(separator: "\n") {
            let name = line.split(separator: " ")[0]
            #expect(ChatFeature.allCases.contains { "\($0)" == name }, "\(name)")
        }
    }

    @Test func sumsOfExponentialsDoNotOverflow() {
        var sum = LogSum()
        #expect(sum.value == -Double.infinity)
        for value in [-Double.infinity, 1_000, 1_000, -1_000] { sum.add(value) }
        #expect(abs(sum.value - (1_000 + log(2))) < 1e-9)
    }

    @Test func bagsShareTellingStemsOnly() {
        let a = WordBag(["The chains differ from the belts"])
        let b = WordBag(["Different belts, and that is it"])
        #expect(a.shared(with: b).count == 2)
        #expect(WordBag(["the and that"]).count == 0)
        let rarity = WordRarity([a, b, WordBag(["belts"])])
        #expect(rarity.weight(ofShared: a, WordBag(["differ"])) > rarity.weight(ofShared: a, WordBag(["belts"])))
    }

    /// The cut of the runs is found by brute force too, and its shares sum to one for each line.
    @Test func everyLineIsInRunsThatAreLikelyInSum() {
        let texts = [
            "Thank you!", "It is so, for two reasons:", "- one", "- two", "Why?", "Because it rains.", "deleted by creator",
            "No.",
        ]
        let page = PageLine.lines(of: texts).map { MergedLine(line: $0, standing: .once) }
        let shown = texts.indices.map { $0 == 6 ? BoundaryModel.Shown.open : .unknown }
        let runs = BoundaryModel(page, shown: shown, isTopic: false).runs()
        #expect(runs.flatMap { Array($0.lines) } == Array(texts.indices))
        #expect(runs.contains { $0.lines.lowerBound == 6 })
        for run in runs {
            #expect(run.confidence > 0 && run.confidence <= run.opening + 1e-9 && run.opening <= 1)
        }
    }

    @Test func historiesOfAWalkSumToOne() {
        var particles = PathParticles(most: 8)
        for post in 0..<60 {
            let shares = particles.add(post) { parent, sibling in Double((parent &* 7 &+ (sibling ?? 3)) % 5) / 3 }
            #expect(abs(shares.values.reduce(0, +) - 1) < 1e-9)
            #expect(shares.keys.allSatisfy { $0 >= -1 && $0 < post })
        }
    }

    /// A chain of any length is carried on, and its first post stays known.
    @Test func aLongChainKeepsItsOutermostPost() {
        var particles = PathParticles(most: 1)
        var outermost: Set<Int?> = []
        for post in 0..<20_000 {
            _ = particles.add(post) { parent, sibling in
                if parent < 0, post > 0 { outermost.insert(sibling) }
                return parent == post - 1 ? 40 : 0
            }
        }
        #expect(outermost == [0])
    }

    @Test func habitsDifferOnlyWhereBothShowThem() {
        var found: [String: String] = [:]
        WritingHabits("i don't know").compare(WritingHabits("I can’t say")) { found[$0] = $1 }
        #expect(found["habit.marks"] == "differ")
        #expect(found["habit.i"] == "differ")
        found = [:]
        WritingHabits("Rain.").compare(WritingHabits("Snow.")) { found[$0] = $1 }
        #expect(found["habit.marks"] == nil)
    }

    private func draft(_ texts: String..., certainty: Double = 1) -> PostDraft {
        var post = PostDraft(lines: PageLine.lines(of: texts).map { MergedLine(line: $0, standing: .once) }, indent: 0)
        post.certainty = certainty
        return post
    }

    @Test func aPostTellsWhomItSpeaksOfAndWhatItPointsBackTo() {
        let post = PostCues(draft("That is what I meant.", "Do you see?", "So it goes:"))
        #expect(post.isInFirstPerson && post.saysYou && post.pointsBack && post.holdsQuestion && !post.asks)
        #expect((post.words, post.paragraphs, post.ends) == (8, 3, ":"))
        let other = PostCues(draft("Chains rust. Belts slip, and it rains, says my friend"))
        #expect(!other.pointsBack && other.isInFirstPerson && !other.saysYou && !other.holdsQuestion)
        #expect((PostCues(draft("No.")).words, other.ends) == (1, "lower"))
    }

    /// An edge is right only where both its posts are cut right: a post that is hardly one is not taken for the parent.
    @Test func aDoubtfulPostIsAnsweredLessThanTheOpeningPost() {
        func parent(certainty: Double) -> Int? {
            let posts = [draft("How does it differ from a chain?", certainty: certainty), draft("It does not differ.")]
            let cues = posts.map(PostCues.init)
            let features = ParentFeatures(
                posts, cues: cues, rarity: WordRarity(cues.lazy.map(\.bag)), names: [nil, nil], opening: nil)
            var weighing = ParentWeighing(features, posts: posts, isInOrderOfTime: false)
            weighing.take(0, below: nil)
            return weighing.parent(of: 1).index
        }
        #expect(parent(certainty: 1) == 0)
        #expect(parent(certainty: 0.0001) == nil)
    }
}
