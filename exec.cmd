@rem For cmd.exe, which has no exec: scripts of npm use it so that a signal to npm reaches node and not a shell before it.
@%*
