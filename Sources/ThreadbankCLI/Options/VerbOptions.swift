// Which options each verb declares, as a table: asking ArgumentParser at every call took a third of a short call's instructions.

extension VerbOptions {
    /// The options of a verb of ``ThreadbankCommand``; nil where there is no such verb.
    ///
    /// A test holds them against what ArgumentParser tells of the verbs, and says which line is to be changed.
    init?(verb: String) {
        guard let declared = Self.declared(by: verb) else { return nil }
        self.init("\(declared) --help|-h")
    }

    /// Whether the table knows a verb, without a look at its options.
    static func knows(_ verb: String) -> Bool { declared(by: verb) != nil }

    /// Options as the table has them: separated by spaces, names of one option by `|`, an `=` behind what takes a value.
    init(_ declared: String) {
        byName = [:]
        for option in declared.split(separator: " ") {
            let names = option.split(separator: "|").map { $0.hasSuffix("=") ? $0.dropLast() : $0 }
            let named = Option(name: String(names[0]), takesValue: option.hasSuffix("="))
            for name in names { byName[String(name)] = named }
        }
    }

    /// The verbs in the order of ``ThreadbankCommand``.
    private static func declared(by verb: String) -> String? {
        let archive = "--archive|-a="
        let quiet = "--quiet|-q"
        let answer = "--format= \(quiet)"
        let page = "--limit= --offset="
        return switch verb {
        case "init": "\(archive) \(quiet) --stemming="
        case "import": "\(archive) \(answer) --from= --source= --again --dry-run --thread-by-subject --wait"
        case "search":
            """
            \(archive) \(answer) --sort= \(page) --count --any --facets --explain --save= --saved --unsave= --raw --context= --threads
            """
        case "similar": "\(archive) \(answer) --limit= --same-thread"
        case "thread": "\(archive) \(answer) --focus= --depth= --sort= --collapse= --min-confidence= --since= --match="
        case "show", "stats", "check", "info": "\(archive) \(answer)"
        case "threads": "\(archive) \(answer) \(page) --forum= --source= --author= --after= --before= --sort="
        case "authors": "\(archive) \(answer) \(page) --name= --source= --sort="
        case "sql": "\(archive) \(answer) --param= --timeout= --max-rows="
        case "link", "backup", "optimize": "\(archive) \(quiet)"
        case "migrate": "\(archive) \(quiet) --empty"
        case "unlink": "\(archive) \(quiet) --restore"
        case "tag", "note": "\(archive) \(answer) --remove"
        case "forget": "\(archive) \(answer) --author= --forum= --import= --yes --restore"
        case "export":
            """
            \(archive) \(answer) --thread= --forum= --search= --whole-threads --output|-o= --anonymize --pseudonym-key=
            """
        case "formats": answer
        case "manual": ""
        default: nil
        }
    }
}
