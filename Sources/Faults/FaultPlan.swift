#if DEBUG
    import Glibc
    import Synchronization

    /// What is to fail in this process, from the environment variable
    /// `JILAAL_FAULT`:
    ///
    /// | value | effect |
    /// | --- | --- |
    /// | `error@N` | the N-th operation fails with EIO |
    /// | `full@N` | the N-th operation fails with ENOSPC |
    /// | `short@N` | the disk is full from the N-th operation on; if that is a write it writes half |
    /// | `kill@N` | SIGKILL before the N-th operation, or after half of it if it is a write |
    /// | `list=FILE` | nothing fails; FILE gets a line `N operation path` for each |
    ///
    /// N counts from 1, over all threads. Any other value ends the process
    /// with 64.
    @usableFromInline
    final class FaultPlan: Sendable {
        enum Kind: String {
            case error, full, short, kill
        }

        enum Action {
            case fail(Kind, at: Int)
            case list(descriptor: Int32)
        }

        static let variable = "JILAAL_FAULT"

        /// nil when nothing is planned.
        @usableFromInline static let current: FaultPlan? = {
            guard let value = getenv(variable) else { return nil }
            let text = String(cString: value)
            guard let action = action(text) else {
                let message = Array("error: \(variable) cannot be \(text).\n".utf8)
                _ = Glibc.write(STDERR_FILENO, message, message.count)
                exit(64)
            }
            return FaultPlan(action)
        }()

        private let action: Action
        private let passed = Atomic<Int>(0)
        private let isDiskFull = Atomic<Bool>(false)

        private init(_ action: Action) { self.action = action }

        private static func action(_ text: String) -> Action? {
            if text.hasPrefix("list=") {
                let path = String(text.dropFirst("list=".count))
                let flags = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC
                let descriptor = Glibc.open(path, flags, 0o666)
                return descriptor < 0 ? nil : .list(descriptor: descriptor)
            }
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])),
                let number = Int(parts[1]), number > 0
            else { return nil }
            return .fail(kind, at: number)
        }

        /// Counts the point; what is due at it, or nil.
        private func due(_ point: FaultPoint, at file: String) -> Kind? {
            let number = passed.wrappingAdd(1, ordering: .relaxed).newValue
            switch action {
            case .list(let descriptor):
                let line = Array("\(number) \(point.rawValue) \(file)\n".utf8)
                _ = Glibc.write(descriptor, line, line.count)
                return nil
            case .fail(let kind, let wanted):
                if number == wanted { return kind }
                return isDiskFull.load(ordering: .relaxed) && point.takesSpace ? .full : nil
            }
        }

        @usableFromInline
        func passes(_ point: FaultPoint, at file: String) -> Bool {
            switch due(point, at: file) {
            case nil: return true
            case .error: errno = EIO
            case .full: errno = ENOSPC
            case .short:
                isDiskFull.store(true, ordering: .relaxed)
                guard point.takesSpace else { return true }
                errno = ENOSPC
            case .kill: Self.end()
            }
            return false
        }

        @usableFromInline
        func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at file: String) -> Int {
            let half = bytes.count / 2
            switch due(.write, at: file) {
            case nil: return Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            case .error: errno = EIO
            case .full: errno = ENOSPC
            case .short:
                isDiskFull.store(true, ordering: .relaxed)
                if half > 0 { return Glibc.write(descriptor, bytes.baseAddress, half) }
                errno = ENOSPC
            case .kill:
                _ = Glibc.write(descriptor, bytes.baseAddress, half)
                Self.end()
            }
            return -1
        }

        private static func end() -> Never {
            kill(getpid(), SIGKILL)
            // The signal may reach another thread a moment later.
            while true { pause() }
        }
    }

    extension FaultPoint {
        /// Whether a full disk lets the operation fail.
        fileprivate var takesSpace: Bool {
            switch self {
            case .create, .write, .mkdir, .symlink, .fsync, .commit, .gdalCreate, .gdalWrite, .gdalFlush,
                .gdalOverviews, .gdalCopy:
                true
            default: false
            }
        }
    }
#endif
