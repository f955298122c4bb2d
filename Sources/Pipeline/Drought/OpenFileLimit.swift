import Glibc

/// How many files a process may hold open.
enum OpenFileLimit {
    /// Descriptors kept for everything that is not an input raster.
    private static let reserve = 128
    /// Enough for any stack; more only costs memory.
    private static let most = 8192

    /// Raises the soft limit towards the hard one and returns how many
    /// rasters may be open at once.
    static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 256
        }
        let wanted = min(limit.rlim_max, rlim_t(most))
        if limit.rlim_cur < wanted {
            limit.rlim_cur = wanted
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) != 0 {
                getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            }
        }
        return max(16, min(Int(clamping: limit.rlim_cur), most) - reserve)
    }
}
