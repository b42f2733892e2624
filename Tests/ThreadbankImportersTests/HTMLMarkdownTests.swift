// HTML to Markdown, element by element.

import Testing

@testable import ThreadbankImporters

@Suite struct HTMLMarkdownTests {
    @Test(arguments: [
        // Paragraphs, also unclosed, and lines.
        ("one<p>two<p>three", "one\n\ntwo\n\nthree"),
        ("  a\n  b\t c  ", "a b c"),
        ("a<br>b<br><br>c<br>", "a  \nb\n\nc"),
        ("<div>a</div><div>b</div><div><br></div><div>c</div>", "a  \nb\n\nc"),
        ("a&nbsp;b&shy;c", "a bc"),
        ("<h2>Head <i>two</i></h2>text", "## Head *two*\n\ntext"),
        ("a<hr>b", "a\n\n***\n\nb"),
        ("<p>a<p> <p>&nbsp;<p>b", "a\n\nb"),
        // Marks.
        ("<b>a</b> <strong>b</strong> <i>c</i> <em>d</em> <del>e</del> <s>f</s>", "**a** **b** *c* *d* ~~e~~ ~~f~~"),
        ("a<b> b </b>c<i></i>", "a **b** c"),
        ("<b>a<b>b</b>c</b><b>d</b>", "**abcd**"),
        ("<i>one<p>two</i>", "*one*\n\ntwo"),
        ("<i>one<br>two</i>", "*one  \ntwo*"),
        ("foo<b>\"bar\"</b>baz", "foo\"bar\"baz"),
        ("in<b>wo</b>rd", "in**wo**rd"),
        ("<sup>1</sup>/<sub>2</sub> <span class=spoiler>s</span> <q>q</q>", "1/2 s \"q\""),
        // Code.
        ("<code>a*b</code> <kbd>`</kbd> <code>a``b</code>", "`a*b` `` ` `` ```a``b```"),
        ("<pre><code class=\"lang-swift hljs\">let a = 1\n  b &lt; c\n</code></pre>", "```swift\nlet a = 1\n  b < c\n```"),
        ("<pre>\n```\nx\n````\n</pre>", "`````\n```\nx\n````\n`````"),
        ("<pre class=\"lang-auto\">a<br>b</pre>c", "```\na\nb\n```\n\nc"),
        // Quotes and lists.
        (
            "<blockquote>a<blockquote><p>b<p>c</blockquote>d</blockquote><blockquote>e</blockquote>",
            "> a\n>\n> > b\n> >\n> > c\n>\n> d\n\n> e"
        ),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "- a\n- b\n  - c\n- d\n\ne"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ("<ol start=9><li>a<li>b<p>c</ol>", "9. a\n10. b\n\n    c"),
        ("<ul><li><pre>x\ny</pre><li></ul>", "- ```\n  x\n  y\n  ```"),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b"),
        ("<ol><li><blockquote>a</blockquote>b</ol>", "1. > a\n\n   b"),
        ("<dl><dt>t</dt><dd>d</dd><dt>u</dt><dd>e</dd></dl>", "**t**\n- d\n\n**u**\n- e"),
        ("<details><summary>S</summary>body</details>", "**S**\n\nbody"),
        // Tables.
        ("<table><tr><th>a<th>b<tr><td>1|2<td><code>x|y</code></table>", "| a | b |\n| --- | --- |\n| 1\\|2 | `x\\|y` |"),
        ("<table><tr><td>a<td>b<tr><td>1<td>2<td>3<tr><td></table>", "| a | b | |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| |"),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a  \nb\n\nc"),
        // Links and images.
        ("<a href=\"/t/1?a=b&amp;c\">x</a>", "[x](/t/1?a=b&c)"),
        (
            "<a href=\"https://a.example/b_c_\">https://a.example/b_c_</a>.",
            "[https://a.example/b_c_](https://a.example/b_c_)."
        ),
        ("see <a href=\"https://a.example/b_(c)\">https://a.example/b_(c)</a>.", "see https://a.example/b_(c)."),
        ("<a href=\"https://a.example/long\">https://a.example/lo...</a>", "https://a.example/long"),
        ("<a href=\"mailto:a@b.example\">a@b.example</a>", "a@b.example"),
        ("<a href=\"x y(z\">a]b</a>", "[a\\]b](x%20y%28z)"),
        ("<a href=\"java\nscript:x()\">a</a> <a href=\"DATA:text/html,x\">b</a> <a href=\"#c\">c</a> <a>d</a>", "a b c d"),
        ("<a href=u><img src=\"i.png\" alt=\"a [b]\"></a>", "[![a \\[b\\]](i.png)](u)"),
        (
            "<img src=\"data:image/png;base64,AAAA\" alt=\"a\"><img src=p.gif width=1 height=1> :<img class=emoji alt=\":x:\" src=x>",
            "a ::x:"
        ),
        ("wow!<a href=u>x</a> a](b) ![c](d)", "wow\\![x](u) a]\\(b) ![c]\\(d)"),
        // What is not seen.
        (
            "a<script>if(a<b){}</script>b<style>c{}</style><!-- d --><noscript>e</noscript><template>f</template><title>g</title>h",
            "abh"
        ),
        (
            "<!doctype html><html><head><title>t</title><meta charset=latin1></head><body>caf&eacute; café</body></html>",
            "café café"
        ),
    ]) func elements(html: String, markdown: String) throws {
        #expect(try HTMLMarkdown.markdown(of: html) == markdown)
    }

    @Test(arguments: [
        ("# a", "\\# a"), ("#a #1", "#a #1"), ("&gt; a", "\\> a"), ("- a", "\\- a"), ("-a", "-a"), ("1. a", "1\\. a"),
        ("1.5 a", "1.5 a"),
        ("a<br>---", "a  \n\\---"), ("a<br>===", "a  \n\\==="), ("***", "\\***"), ("```", "\\```"), ("~~~ a", "\\~~~ a"),
        ("[1]: http://a.example", "\\[1]: http://a.example"), ("a [1] b", "a [1] b"), ("a|b<br>-|-", "a|b  \n\\-|-"),
        ("2 * 3 * 4 snake_case_word a < b <3 x_", "2 * 3 * 4 snake_case_word a < b <3 x_"),
        ("*a* _b_ ~~c~~ `d`", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\`"), ("*a **b", "*a **b"), ("footnote*", "footnote*"),
        ("https://a.example/_b_*c* a_b@c.example", "https://a.example/_b_*c* a_b@c.example"),
        ("&lt;b&gt; &lt;/b &lt;!-- &lt;? a&lt;b", "\\<b> \\</b \\<!-- \\<? a\\<b"),
        ("http://a.example/&lt;b&gt;", "http://a.example/ \\<b>"),
        ("&amp;copy; &amp;#39; &amp;x &amp; AT&amp;T", "\\&copy; \\&#39; &x & AT&T"),
        ("C:\\Users \\_ \\", "C:\\Users \\\\_ \\\\"),
    ]) func textIsEscapedWhereItWouldBeMore(html: String, markdown: String) throws {
        #expect(try HTMLMarkdown.markdown(of: html) == markdown)
    }

    @Test func typedQuotesAndListsStay() throws {
        let html = "&gt; a &lt;b&gt;<p>- c<p>2. d<p># e"
        #expect(try HTMLMarkdown.markdown(of: html, isTyped: true) == "> a \\<b>\n\n- c\n\n2. d\n\n\\# e")
    }

    /// What a parser of HTML 4 would drop.
    @Test(arguments: [
        ("<<<<", "<<<<"), ("a << b", "a << b"), ("</3 </>", "\\</3 \\</>"), ("&#; &#x; &nosuch; &", "&#; \\&#x; \\&nosuch; &"),
        ("a <ann@a.example> b", "a \\<ann@a.example> b"), ("<https://a.example>", "\\<https://a.example>"),
        ("a <b", "a \\<b"), ("a <a href=\"b>c</a> d", "a \\<a href=\"b>c d"), ("a <!-- b", "a \\<!-- b"), ("a\0b", "a\u{FFFD}b"),
        ("&#146;&#x80; a&nbsp|&nbsp b &lt", "’€ a | b <"), ("<![CDATA[a]]>", "a]]>"), ("</p>a</b>b", "ab"),
        ("a<o:p>b</o:p>c", "abc"),
    ]) func nothingWrittenIsLost(html: String, markdown: String) throws {
        #expect(try HTMLMarkdown.markdown(of: html) == markdown)
    }

    @Test func plainTextOfTitles() throws {
        #expect(try HTMLText.plain(of: "A &amp; B <i>c</i><br>d<script>e</script>") == "A & B c d")
        #expect(try HTMLText.plain(of: "plain") == "plain")
        #expect(try HTMLText.decodingEntities("The <dialog> of A&amp;B &lt;x&gt;") == "The <dialog> of A&B <x>")
    }
}
