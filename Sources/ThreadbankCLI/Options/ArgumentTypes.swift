// Types of the library that can be written on the command line.

public import ArgumentParser
public import Threadbank

extension Archive.Stemming: ExpressibleByArgument {}
