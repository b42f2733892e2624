// Puts what people type into the order that the parser understands. Free text may start with a dash, the archive may stand
// before the verb.

internal import ArgumentParser

/// Rewrites arguments before they are parsed.
///
/// ArgumentParser takes `-bar` in `search foo -bar` for options, and knows `--archive` only behind the verb. So options are sorted out
/// here, each with its value, and all text is put behind a `--`:
///
///     -a X search foo -bar --limit -5   →   search --archive=X --limit=-5 -- foo -bar
///
/// What is an option: `--word` always, declared or not; `-x` where the verb declares it. Any other token with a dash, or one that
/// holds white space, is text. Everything behind a `--` is text.
enum ArgumentRewriting {
    /// - parameters:
    ///   - arguments: those of the process, without its name.
    ///   - options: the options of a verb; nil where there is no such verb.
    static func rewrite(_ arguments: [String], options: (_ verb: String) -> VerbOptions?) -> [String] {
        var front: [String] = []
        var rest = arguments[...]
        // The archive is the one thing that may stand before the verb. Without a verb there is nothing that it could be for.
        while let token = rest.first, token.hasPrefix("-") {
            if ["-a", "--archive"].contains(token), rest.count > 1 {
                front.append("--archive=" + rest[rest.startIndex + 1])
                rest = rest.dropFirst(2)
            } else if let path = ["-a=", "--archive="].first(where: token.hasPrefix).map({ token.dropFirst($0.count) }) {
                front.append("--archive=" + path)
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        guard let verb = rest.popFirst() else { return [] }
        // Most calls have no dash at all: then the verb's options need not be looked up.
        guard !front.isEmpty || rest.contains(where: { $0.hasPrefix("-") }), let options = options(verb) else {
            return [verb] + rest
        }
        let (sorted, text) = sort(rest, options)
        // A verb that needs no archive does not mind being told of one.
        if options.byName["--archive"] == nil { front = [] }
        return [verb] + front + sorted + (text.isEmpty ? [] : ["--"] + text)
    }

    /// Takes the tokens behind a verb apart into options, each with its value, and text.
    private static func sort(_ tokens: ArraySlice<String>, _ options: VerbOptions) -> (options: [String], text: [String]) {
        var sorted: [String] = []
        var text: [String] = []
        var rest = tokens
        while let token = rest.popFirst() {
            if token == "--" {
                text += rest
                break
            }
            guard let option = options.option(in: token) else {
                let isText = token == "-" || !token.hasPrefix("-") || token.contains(where: \.isWhitespace)
                if isText || !token.hasPrefix("--") { text.append(token) } else { sorted.append(token) }
                continue
            }
            if option.takesValue, !token.contains("="), let value = rest.first, options.option(in: value) == nil, value != "--" {
                sorted.append("\(option.name)=\(value)")
                rest = rest.dropFirst()
            } else {
                sorted.append(token)
            }
        }
        return (sorted, text)
    }
}

/// The options that a verb declares, by their names as they are typed.
struct VerbOptions: Equatable {
    struct Option: Equatable {
        /// Its long name where it has one, with dashes.
        var name: String
        var takesValue: Bool
    }

    var byName: [String: Option]

    /// The declared option that a token stands for: `--name`, `-x`, or either with `=VALUE` where it takes one.
    func option(in token: String) -> Option? {
        if let option = byName[token] { return option }
        guard let sign = token.firstIndex(of: "="), let option = byName[String(token[..<sign])], option.takesValue else {
            return nil
        }
        return option
    }
}
