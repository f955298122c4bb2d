import Glibc

/// How much memory this process used.
public enum ProcessMemory {
    /// The largest resident set so far, in bytes.
    ///
    /// Linux states it for the running program as `VmHWM`; `getrusage` is the
    /// fallback, whose maximum may be that of the program that started this.
    public static var peakBytes: Int {
        if let status = try? Descriptor.readFile(at: "/proc/self/status", limit: 64 * 1024),
            let bytes = highWaterMark(in: String(decoding: status, as: UTF8.self))
        {
            return bytes
        }
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        return Int(usage.ru_maxrss) * 1024
    }

    /// From `VmHWM:     1234 kB`, whose kB are of 1,024 bytes.
    static func highWaterMark(in status: String) -> Int? {
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let parts = line.split(whereSeparator: \.isWhitespace)
            guard parts.count == 3, parts[2] == "kB", let value = Int(parts[1]) else { return nil }
            return value * 1024
        }
        return nil
    }
}
