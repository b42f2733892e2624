// Prints how a search is answered.

internal import ThreadbankCore

struct ExplanationPrinter {
    let explanation: SearchExplanation
    let format: OutputFormat

    func print() {
        var out = Stdout()
        if format != .text { return out.json(json) }
        out.line("query  \(explanation.query.showingControls())")
        for (index, expression) in explanation.expressions { out.line("fts    \(index): \(expression.showingControls())") }
        for statement in explanation.statements {
            out.line()
            out.line("-- \(statement.name)")
            for line in statement.sql.split(separator: "\n") { out.line(String(line).showingControls()) }
            for (index, value) in statement.values.enumerated() { out.line("-- ?\(index + 1) = \(value.showingControls())") }
            for line in statement.plan { out.line("--   \(line)") }
        }
    }

    private var json: JSON {
        .object([
            ("format_version", 1), ("query", .string(explanation.query)),
            (
                "fts",
                .array(
                    explanation.expressions.map {
                        .object([("index", .string($0.index)), ("expression", .string($0.expression))])
                    })
            ),
            (
                "statements",
                .array(
                    explanation.statements.map {
                        .object([
                            ("name", .string($0.name)), ("sql", .string($0.sql)),
                            ("values", .array($0.values.map { .string($0) })),
                            ("plan", .array($0.plan.map { .string($0) })),
                        ])
                    })
            ),
        ])
    }
}
