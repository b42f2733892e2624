// A pager behind stdout, as git has one.
#pragma once

/// Starts a pager by the shell; from now on stdout goes to it, and stderr too where that is a terminal. When the process ends, it waits
/// for the pager. Returns 0 where it runs.
int cpager_start(const char *command);
