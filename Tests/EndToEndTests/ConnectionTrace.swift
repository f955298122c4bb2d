import Foundation

/// The connections that a program opens, as `strace` sees them.
enum ConnectionTrace {
    static let program = URL(fileURLWithPath: "/usr/bin/strace")

    /// Whether `strace` is there and may be used.
    static let isAvailable: Bool = {
        guard FileManager.default.isExecutableFile(atPath: program.path),
            let process = try? JilaalProcess.run(program, options(Scratch.file()) + ["/bin/true"])
        else { return false }
        return process.exitCode == 0
    }()

    static func options(_ log: URL) -> [String] {
        ["-f", "--seccomp-bpf", "-qq", "-e", "trace=connect", "-o", log.path]
    }

    /// The calls of connect(2) in a log, those to sockets of this machine's
    /// own services aside: a program without SHELL or HOME asks one of them
    /// who its user is.
    static func connections(in log: URL) throws -> [String] {
        try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
            .filter { $0.contains("connect(") && !$0.contains("sa_family=AF_UNIX,") }
    }
}
