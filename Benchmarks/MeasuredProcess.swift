import ArgumentParser
import Glibc

/// A finished program with what it cost, from the kernel's books.
struct MeasuredProcess {
    let seconds: Double
    /// Bytes that its read calls returned, from the page cache or not.
    let bytesRead: Int
    /// Largest resident set.
    let peakBytes: Int

    /// Runs a program with nothing on its standard output.
    ///
    /// - Throws: `ValidationError` when it does not start or does not end
    ///   with 0.
    static func run(_ program: String, _ arguments: [String]) throws -> MeasuredProcess {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var texts = ([program] + arguments).map { strdup($0) }
        defer { for text in texts { free(text) } }
        texts.append(nil)
        let clock = ContinuousClock()
        let start = clock.now
        var process = pid_t()
        guard posix_spawn(&process, program, &actions, nil, texts, environ) == 0 else {
            throw ValidationError("\(program) does not start; build it with -c release")
        }
        // Left unreaped, so that its books can still be read.
        var information = siginfo_t()
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        let seconds = (clock.now - start).seconds
        let read = bytesRead(by: process)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        guard status == 0 else {
            throw ValidationError("\(program) \(arguments[0]) ended with \(status >> 8 & 0xFF)")
        }
        return MeasuredProcess(
            seconds: seconds, bytesRead: read, peakBytes: Int(usage.ru_maxrss) * 1024)
    }

    /// `rchar` of proc(5).
    private static func bytesRead(by process: pid_t) -> Int {
        guard let file = fopen("/proc/\(process)/io", "r") else { return 0 }
        defer { fclose(file) }
        var bytes = 0
        var line = [CChar](repeating: 0, count: 128)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard text.hasPrefix("rchar: ") else { continue }
            bytes = Int(text.dropFirst(7).filter(\.isNumber)) ?? 0
        }
        return bytes
    }
}
