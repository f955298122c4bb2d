#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Diagnostics
import GridCore

extension KernelPoint {
    /// Whether the point comes before another where both lie in one row.
    ///
    /// A total order of the contents, so that the order in which incidents
    /// are given cannot change a sum; points that are equal in all of it add
    /// the same.
    @inline(__always)
    static func precedes(_ a: KernelPoint, _ b: KernelPoint) -> Bool {
        if a.x != b.x { return a.x < b.x }
        if a.y != b.y { return a.y < b.y }
        if a.reachSquared != b.reachSquared { return a.reachSquared < b.reachSquared }
        return a.amount < b.amount
    }
}

/// How weight fades with age: by half with every half-life.
struct Decay {
    /// nil = no decay.
    var halfLifeInDays: Double?

    /// - Throws: `.unsuitableParameter` unless the half-life is above 0 and
    ///   finite, or nil.
    init(halfLifeInDays: Double?) throws(HotspotError) {
        if let days = halfLifeInDays, !(days > 0 && days.isFinite) {
            throw HotspotError(
                .unsuitableParameter, "half-life: \(days) days (expected above 0)",
                mend: "Give a half-life in days, such as 30, or leave it out for no decay")
        }
        self.halfLifeInDays = halfLifeInDays
    }

    func factor(ageInDays age: Double) -> Double {
        guard let halfLifeInDays else { return 1 }
        return exp2(-age / halfLifeInDays)
    }
}
