import Diagnostics
import Glibc
import Tables

/// Looks at the machine.
enum MachineCheck {
    /// A run on a country wants about this much.
    static let wantedMemoryBytes = 1 << 30
    /// Rasters are opened all together where that is allowed.
    static let wantedOpenFiles = 1024
    /// 2024-01-01T00:00:00Z: no program of this version ran before.
    private static let earliest = UTCTime(seconds: 1_704_067_200)

    static var memory: [Doctor.Finding] {
        guard let bytes = availableMemoryBytes else {
            return [
                .warning(
                    "memory", "how much is free cannot be told",
                    mend: "See that a gigabyte is")
            ]
        }
        let text = "\(megabytes(bytes)) can be used"
        guard bytes >= wantedMemoryBytes else {
            return [
                .warning(
                    "memory", text,
                    mend: "Compare with `jilaal plan`; fewer --threads need less")
            ]
        }
        return [.ok("memory", text)]
    }

    /// What the machine has left, or the control group of the process if
    /// that is less.
    private static var availableMemoryBytes: Int? {
        var bytes: Int?
        if let text = text(of: "/proc/meminfo"),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
            let kibibytes = Int(line.drop { !$0.isNumber }.prefix { $0.isNumber })
        {
            bytes = kibibytes << 10
        }
        for name in ["memory.max", "memory/memory.limit_in_bytes"] {
            guard let text = text(of: "/sys/fs/cgroup/" + name),
                let limit = Int(text.prefix { $0.isNumber })
            else { continue }
            bytes = min(bytes ?? limit, limit)
        }
        return bytes
    }

    private static func text(of path: String) -> String? {
        (try? Descriptor.readFile(at: path, limit: 1 << 16)).map { String(decoding: $0, as: UTF8.self) }
    }

    static var openFiles: [Doctor.Finding] {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return []
        }
        let text = "\(limit.rlim_max == rlim_t.max ? "any number" : "\(limit.rlim_max)") may be open"
        guard limit.rlim_max >= wantedOpenFiles else {
            return [
                .warning(
                    "open files", text,
                    mend: "Raise the limit (ulimit -Hn \(wantedOpenFiles)): rasters are opened "
                        + "again and again below it")
            ]
        }
        return [.ok("open files", text)]
    }

    static var fileSize: [Doctor.Finding] {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { return [] }
        guard limit.rlim_cur < rlim_t(Int64.max) else {
            return [.ok("file size", "not limited")]
        }
        return [
            .warning(
                "file size", "no file may grow beyond \(megabytes(Int(clamping: limit.rlim_cur)))",
                mend: "Lift the limit (ulimit -f unlimited) if a raster is larger")
        ]
    }

    /// Results depend neither on the time zone nor on the language: this says
    /// what they are, and that the decimal point is one.
    static func clock(_ environment: [String: String], _ now: UTCTime) -> [Doctor.Finding] {
        let set = ["TZ", "LC_ALL", "LANG"].compactMap { name in
            environment[name].map { "\(name)=\($0)" }
        }
        let names = set.isEmpty ? "nothing is set" : set.joined(separator: " ")
        let point = localeconv().flatMap { String(validatingCString: $0.pointee.decimal_point) }
        var findings: [Doctor.Finding] = [
            point == "."
                ? .ok("language and time zone", "\(names); results do not depend on it")
                : .fault(
                    "language and time zone", "numbers would be written with \"\(point ?? "")\"",
                    mend: "Report this fault; set LC_ALL=C until it is mended", exit: .bug)
        ]
        findings.append(
            now >= earliest
                ? .ok("clock", "\(now) in UTC")
                : .warning(
                    "clock", "\(now) in UTC, which is long past",
                    mend: "Set the clock: runs are listed by it"))
        return findings
    }

    static func megabytes(_ bytes: Int) -> String {
        (DecimalText.fixed(Double(bytes) / 1e6, decimals: 0) ?? "") + " MB"
    }
}
