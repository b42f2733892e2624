// Parents that are too uncertain for a reader give way to the opening post; all others stay.

import Testing
import ThreadbankCore

@Suite struct HangingWeakerTests {
    private let thread = DiscussionThread(id: .init(rawValue: 1), sourceKind: "text", source: "x")

    private func post(_ id: Int64, answers parent: Int64?, _ reply: ReplyEvidence? = nil) -> Post {
        var post = Post(id: .init(rawValue: id), threadID: thread.id)
        post.parentID = parent.map { .init(rawValue: $0) }
        post.reply = reply
        post.place = id
        return post
    }

    private func parents(_ contents: ThreadContents) -> [Int64: Int64?] {
        Dictionary(uniqueKeysWithValues: contents.posts.map { ($0.id.rawValue, $0.parentID?.rawValue) })
    }

    @Test func weakInferencesHangFromTheOpeningPost() {
        let posts = [
            post(1, answers: nil), post(2, answers: 1, ReplyEvidence(basis: .order, confidence: 0.3)),
            post(3, answers: 2, ReplyEvidence(basis: .text, confidence: 0.69)),
            post(4, answers: 3, ReplyEvidence(basis: .mention, confidence: 0.7)),
            post(5, answers: 4, ReplyEvidence(basis: .native)), post(6, answers: 5, ReplyEvidence(basis: .manual)),
        ]
        let hung = ThreadContents(thread: thread, posts: posts).hangingWeaker(than: 0.7)
        #expect(parents(hung) == [1: nil, 2: 1, 3: 1, 4: 3, 5: 4, 6: 5])
        #expect(hung.posts.first { $0.id.rawValue == 3 }?.reply == nil)
        #expect(hung.posts.first { $0.id.rawValue == 4 }?.reply?.confidence == 0.7)
        #expect(hung.tree.violations().isEmpty)
    }

    @Test func withoutAnOpeningPostThePostAtTheTopOfTheTreeIsTaken() {
        let weak = ReplyEvidence(basis: .order, confidence: 0.2)
        let posts = [post(1, answers: nil), post(2, answers: nil), post(3, answers: 2, weak), post(4, answers: 3, weak)]
        let hung = ThreadContents(thread: thread, posts: posts).hangingWeaker(than: 0.5)
        #expect(parents(hung) == [1: nil, 2: nil, 3: 2, 4: 2])
    }

    @Test func everyPostStaysOnceWhateverTheConfidence() {
        let posts = (1...200).map { id -> Post in
            let value = Int64(id)
            return post(
                value, answers: id == 1 ? nil : value / 2 + (value % 3 == 0 && value > 4 ? -1 : 0),
                ReplyEvidence(basis: .order, confidence: Double(id * 37 % 100) / 100))
        }
        let contents = ThreadContents(thread: thread, posts: posts)
        for confidence in [0, 0.25, 0.5, 0.99, 1] {
            let hung = contents.hangingWeaker(than: confidence)
            #expect(Set(hung.posts.map(\.id)) == Set(posts.map(\.id)))
            #expect(hung.tree.violations().isEmpty)
            #expect(hung.posts.allSatisfy { $0.parentID == nil || $0.reply.map { $0.confidence >= confidence } ?? true })
        }
    }
}
