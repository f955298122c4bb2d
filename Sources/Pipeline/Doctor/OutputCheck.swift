import Diagnostics
import Glibc
import State

/// Looks at an output folder.
struct OutputCheck {
    /// As the user named it.
    let folder: String
    let now: UTCTime

    /// Below this a run is likely to end for want of space.
    static let leastFreeBytes = 64 << 20
    static let wantedFreeBytes = 1 << 30

    var findings: [Doctor.Finding] {
        guard let root = try? OutputState.resolved(folder) else { return [creatable] + space(parent) }
        var status = stat()
        guard stat(root, &status) == 0, FileStatus(status).isDirectory else {
            return [
                .fault(
                    "output folder", "\(folder) is a file", mend: "Give another --output",
                    exit: .cannotCreateOutput)
            ]
        }
        return [writable(root)] + layout(root) + space(root) + [lock(root)] + leftovers(root) + [state(root)]
            + latest(root)
    }

    // MARK: Place

    /// The nearest folder above that is there.
    private var parent: String {
        var path = folder
        while !path.isEmpty, realpath(path) == nil {
            guard let slash = path.lastIndex(of: "/") else { return "." }
            path = String(path[..<slash])
        }
        return path.isEmpty ? "/" : path
    }

    private func realpath(_ path: String) -> String? { try? OutputState.resolved(path) }

    private var creatable: Doctor.Finding {
        let trial = "\(parent)/.jilaal-doctor-\(getpid())-" + RunDirectory.randomName()
        guard mkdir(trial, 0o700) == 0 else {
            return .fault(
                "output folder", "\(folder) is not there and cannot be made (\(SystemError.last))",
                mend: "Check the path and its permissions, or give another --output",
                exit: .cannotCreateOutput)
        }
        rmdir(trial)
        return .ok("output folder", "\(folder) is not there yet, and can be made")
    }

    private func writable(_ root: String) -> Doctor.Finding {
        let trial = "\(root)/.jilaal-doctor-\(getpid())-" + RunDirectory.randomName()
        let descriptor = open(trial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            return .fault(
                "output folder", "nothing can be made in \(folder) (\(SystemError.last))",
                mend: "Check its permissions, or give another --output", exit: .cannotCreateOutput)
        }
        defer {
            close(descriptor)
            unlink(trial)
        }
        var page = [UInt8](repeating: 0, count: 4096)
        guard write(descriptor, &page, page.count) == page.count, fsync(descriptor) == 0 else {
            return .fault(
                "output folder", "\(folder) cannot be written (\(SystemError.last))",
                mend: "Free space, or check the device", exit: .inputOutput)
        }
        return .ok("output folder", "\(folder) can be written")
    }

    /// What a run would refuse to publish over.
    private func layout(_ root: String) -> [Doctor.Finding] {
        var faults: [Doctor.Finding] = []
        let runs = FileStatus(of: root + "/" + RunDirectory.runsName, in: AT_FDCWD)
        if let runs, !runs.isDirectory {
            faults.append(
                .fault(
                    "runs", "\(RunDirectory.runsName) is not a folder of its own (a link or a file)",
                    mend: "Remove it or give another --output", exit: .cannotCreateOutput))
        }
        let latest = FileStatus(of: root + "/" + RunDirectory.latestName, in: AT_FDCWD)
        if let latest, !latest.isSymbolicLink {
            faults.append(
                .fault(
                    "runs", "\(RunDirectory.latestName) is not the link to the newest run",
                    mend: "Move it away or give another --output", exit: .cannotCreateOutput))
        }
        return faults
    }

    private func space(_ path: String) -> [Doctor.Finding] {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return [] }
        let free = Int(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
        let text = "\(MachineCheck.megabytes(free)) free"
        guard status.f_files == 0 || status.f_favail > 0 else {
            return [
                .fault(
                    "disk", "no file can be added (no free inode)", mend: "Remove files",
                    exit: .inputOutput)
            ]
        }
        if free < Self.leastFreeBytes {
            return [
                .fault(
                    "disk", text, mend: "Free space; `jilaal prune` removes old runs",
                    exit: .inputOutput)
            ]
        }
        if free < Self.wantedFreeBytes {
            return [
                .warning("disk", text, mend: "Free space; `jilaal prune` removes old runs")
            ]
        }
        return [.ok("disk", text)]
    }

    // MARK: Runs

    private func lock(_ root: String) -> Doctor.Finding {
        let descriptor = open(root + "/" + OutputLock.name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno != ENOENT else { return .ok("lock", "free") }
            return .fault(
                "lock", "\(OutputLock.name) cannot be opened (\(SystemError.last))",
                mend: "Remove it if it is a link; check its permissions",
                exit: .cannotCreateOutput)
        }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else {
            let process = OutputState.holder(of: root).map { " (process \($0))" } ?? ""
            return .fault(
                "lock", "a run writes there\(process)", mend: "Wait until it has ended",
                exit: .temporary)
        }
        flock(descriptor, LOCK_UN)
        return .ok("lock", "free")
    }

    private func leftovers(_ root: String) -> [Doctor.Finding] {
        guard
            let descriptor = try? Descriptor(
                opening: root, flags: O_RDONLY | O_DIRECTORY, kind: .unreadable, shownAs: folder),
            let names = try? DirectoryTree.names(in: descriptor.number, shownAs: folder)
        else { return [] }
        let left = names.filter { RunDirectory.isLeftover($0) }
        guard !left.isEmpty else { return [.ok("leftovers", "none")] }
        return [
            .ok("leftovers", "\(left.count) of runs that were killed; the next run removes them")
        ]
    }

    private func state(_ root: String) -> Doctor.Finding {
        do throws(StateError) {
            guard let database = try StateDatabase(existingIn: root) else {
                return .ok("state", "none yet")
            }
            let runs = try database.runs(limit: 1)
            return .ok(
                "state", runs.isEmpty ? "holds no run" : "remembers runs up to number \(runs[0].number)")
        } catch {
            return .warning("state", error.cause, mend: error.mend + " (results do not depend on it)")
        }
    }

    /// The newest run, and whether the clock has gone back behind it.
    private func latest(_ root: String) -> [Doctor.Finding] {
        guard let id = RunRetention.latest(in: root) else {
            return [.ok("newest run", "none yet")]
        }
        let run = RunFolder(path: "\(root)/\(RunDirectory.runsName)/\(id)")
        do throws(PublishError) {
            _ = try ManifestReader.manifest(of: run)
            let record = try ManifestReader.record(of: run)
            guard let finished = record?.finished, finished > now else {
                return [.ok("newest run", id)]
            }
            return [
                .warning(
                    "newest run", "\(id) was finished at \(finished), later than now",
                    mend: "Check the clock")
            ]
        } catch {
            return [
                .warning(
                    "newest run", "\(error.place): \(error.cause)",
                    mend: "Run `jilaal verify` on it; the next run publishes a new one")
            ]
        }
    }
}
