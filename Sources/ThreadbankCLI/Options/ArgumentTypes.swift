// Types of the library that can be written on the command line.

public import ArgumentParser
public import Threadbank
public import ThreadbankCore

extension Archive.Stemming: ExpressibleByArgument {}
extension SiblingOrder: ExpressibleByArgument {}
extension ThreadListRequest.Sort: ExpressibleByArgument {}
extension AuthorListRequest.Sort: ExpressibleByArgument {}
extension SearchRequest.Sort: ExpressibleByArgument {}
