import Diagnostics
import Glibc

/// Lets SIGINT and SIGTERM stop a run in order: at the next edge of a tile,
/// with what is finished kept for the next run. A second one ends the
/// process at once; that is safe too, like any way of ending it.
enum StopSignals {
    static func listen() {
        for number in [SIGINT, SIGTERM] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                if !Interruption.request(signal: number) { _exit(128 + number) }
            }
            // A system call that waits goes on: tiles are read to their end.
            action.sa_flags = SA_RESTART
            sigaction(number, &action, nil)
        }
    }
}
