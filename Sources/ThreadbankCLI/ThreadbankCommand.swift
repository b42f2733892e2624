// The root of the command: its name, version and verbs.

internal import ArgumentParser
internal import ThreadbankImporters

@main
struct ThreadbankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "threadbank", version: "0.1.0")
    func run() { print(SHA256Hash.hex(of: "abc")) }
}
