// The look of the pages: one style sheet, inside each page, light and dark as the reader's system has it.

enum PageStyle {
    /// What stands in each page's head. The policy forbids scripts and loading, should an escape ever be missed.
    static func head(title: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <meta name="color-scheme" content="light dark">
        <title>\(title.htmlLine)</title>
        <style>
        \(sheet)
        </style>
        </head>
        <body>

        """
    }

    private static let sheet = """
        :root { --ink: #1c1c1a; --dim: #63635c; --line: #d6d5ce; --paper: #fdfdfb; --tint: #f1f0ea; --link: #0b57a4; --hit: #fff0a8;
          --warn: #a33a12 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e3dc; --dim: #a09f96; --line: #3d3d39; --paper: #171716;
          --tint: #232321; --link: #8cbcf0; --hit: #4d4410; --warn: #f09a72 } }
        * { box-sizing: border-box }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; color: var(--ink); background: var(--paper);
          font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
        a { color: var(--link) }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem }
        .facts, .about, .more { color: var(--dim); font-size: .875rem }
        .facts { margin: 0 0 1.5rem }
        details { margin: .75rem 0 0 }
        details details { border-left: 2px solid var(--line); padding-left: .75rem }
        summary { cursor: pointer; font-size: .875rem; color: var(--dim) }
        summary b { color: var(--ink) }
        .deep { border-left-style: dotted }
        .hit > summary, .hit > .body { background: var(--hit) }
        :target > summary { outline: 2px solid var(--link) }
        .state { color: var(--warn) }
        .body { margin: .25rem 0; max-width: 46rem }
        .body > :first-child { margin-top: 0 } .body > :last-child { margin-bottom: 0 }
        .body h1, .body h2, .body h3, .body h4 { font-size: 1.05rem; margin: .75rem 0 .25rem }
        .plain { white-space: pre-wrap; unicode-bidi: plaintext }
        .body, .body a { unicode-bidi: isolate }
        blockquote { margin: .5rem 0; padding-left: .75rem; border-left: 3px solid var(--line); color: var(--dim) }
        pre, code { font: .875em/1.45 ui-monospace, monospace; background: var(--tint) }
        pre { padding: .5rem .75rem; overflow-x: auto; white-space: pre-wrap }
        table { border-collapse: collapse; font-size: .9375rem; display: block; overflow-x: auto }
        th, td { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left; vertical-align: top }
        .list { display: table; width: 100% } .list td { border-width: 1px 0 } .list .n { text-align: right }
        @media print { details { break-inside: avoid-page } }
        """
}
