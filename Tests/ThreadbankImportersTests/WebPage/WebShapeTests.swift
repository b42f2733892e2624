// Pages of forums without a layout of their own, in the shapes in which these make them: read as what repeats.

import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct WebShapeTests {
    private func posts(_ text: String) throws -> [ImportedPost] {
        let sink = RecordingSink()
        try #require(Importers.named("html")).read(MemoryInput(name: "page.html", text: text), into: sink)
        #expect(sink.rejected.isEmpty && sink.warnings.isEmpty)
        return sink.posts
    }

    /// django-machina: the site stands first in the page's title, each post has a heading above the line of its author, hours may lack minutes.
    @Test func headingsAboveBylinesAreTitles() throws {
        func post(_ id: Int, _ subject: String, _ date: String, _ text: String) -> String {
            """
            <div id="\(id)" class="my-3 card post"><div class="card-body"><div class="row"><div class="col-md-10 post-content-wrapper">
            <h4 class="m-0 subject">
                \(subject)
                &nbsp;<a href="/forum/topic/rakes-4/?post=\(id)#\(id)">&#182;</a></h4>
            <p><small class="text-muted"><i class="fas fa-clock"></i>&nbsp;
                By: <a href="/forum/member/profile/\(id)/">hoe_\(id)</a> on \(date)
            </small></p>
            <div class="post-content"><p>\(text)</p></div></div>
            <div class="col-md-2 post-sidebar"><div class="username"><a href="/forum/member/profile/\(id)/"><b>hoe_\(id)</b></a></div>
            <div class="posts-count text-muted"><b>Posts:</b>&nbsp;3</div></div></div></div></div>
            """
        }
        let page = """
            <!DOCTYPE html><html lang="en"><head><title>Plot &mdash; Rakes of wood</title></head><body>
            <nav><a class="navbar-brand" href="/forum/">Plot</a></nav><h1>Rakes of wood</h1>
            \(post(11, "Rakes of wood", "Jan. 3, 2020, 10 a.m.", "Whose teeth hold a summer, ash or oak, and who still makes them? Mine broke on the second day of haymaking, and the shop in the village has rakes of aluminium alone, which bend where they should spring."))
            \(post(12, "Re: Rakes of wood", "Jan. 3, 2020, noon", "Ash. Oak splits along the grain once it has dried in the shed. The cooper below the church still turns teeth from what he has left over, a dozen for the price of a loaf, if you bring him the head and wait."))
            \(post(14, "Oiling", "Jan. 4, 2020, 7:05 p.m.", "Oil them in autumn, twice, and hang them; never let them stand. A rake that stands on its teeth all winter leans for the rest of its life, and the handle takes the bend of the wall, as ours did for years."))
            </body></html>
            """
        let posts = try posts(page)
        #expect(posts.map { $0.author?.name } == ["hoe_11", "hoe_12", "hoe_14"])
        #expect(
            posts.map { Timestamp.text($0.createdAt) } == [
                "2020-01-03T10:00:00Z", "2020-01-03T12:00:00Z", "2020-01-04T19:05:00Z",
            ])
        #expect(posts.map(\.title) == ["Rakes of wood", nil, "Oiling"])
        #expect(posts.first?.thread?.title == "Rakes of wood" && posts.first?.source.name == "plot")
        #expect(posts.allSatisfy { $0.body?.contains("#") == false && $0.body?.contains("¶") == false })
        #expect(posts[1].body?.hasPrefix("Ash. Oak splits") == true)
    }

    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "99", "x"])
    func levelsBeyondReasonAreRead(level: String) throws {
        let page = String(decoding: Seed.named("html/hyperkitty.html").bytes, as: UTF8.self)
        let posts = try posts(page.replacing("reply-level-2", with: "reply-level-\(level)"))
        #expect(posts.count == 5 && posts[3].parent != nil)
    }

    /// Spirit: the short date that is shown has its whole in the title of the element.
    @Test func theDateShownOnPointingCounts() throws {
        func comment(_ id: Int, _ name: String, _ date: String, _ short: String, _ text: String) -> String {
            """
            <div class="comments_list__comment js-comment" id="c\(id)" data-number="\(id)" data-pk="\(id)">
            <div class="comment__img">

                <div class="comment__img__avatar no-pic" style="background-color:hsl(10, 75%, 25%);">M</div>

            </div>
            <div class="comment__info"><div class="comment__info__username"><a class="comment__info__username__link"
              href="/user/1/\(name)/"><span>\(name)</span></a></div>
            <ul class="comment__info__date"><li title="\(date)">\(short)</li></ul></div>
            <div class="comment__text js-comment-text"><p>\(text)</p></div></div>
            """
        }
        let posts = try posts(
            """
            <!doctype html><html><head><title>Sieves - Spirit</title></head><body><h1 class="headline">Sieves</h1><div class="comments_list">
            \(comment(1, "oxbow", "Jan. 1, 2020, 10 a.m.", "1 Jan &#x27;20", "Which mesh keeps the bran out of a cake flour?"))
            \(comment(2, "fallow", "Jan. 1, 2020, 10:20 a.m.", "1 Jan &#x27;20", "Silk, as ever, and a light hand on the frame."))
            \(comment(3, "oxbow", "Jan. 2, 2020, 3 p.m.", "2 Jan &#x27;20", "Silk it is then; the frame is of lime."))
            </div></body></html>
            """)
        #expect(posts.map { $0.author?.name } == ["oxbow", "fallow", "oxbow"])
        #expect(
            posts.map { Timestamp.text($0.createdAt) } == [
                "2020-01-01T10:00:00Z", "2020-01-01T10:20:00Z", "2020-01-02T15:00:00Z",
            ])
        #expect(posts.map { $0.body?.prefix(4) } == ["Whic", "Silk", "Silk"])
    }
}
