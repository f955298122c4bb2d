/// By what a z-score is judged.
public enum Significance: String, Hashable, Sendable, CaseIterable {
    /// The normal distribution. What other programs publish; with few
    /// incidents it calls chance significant, as one incident more or less
    /// moves z by several units.
    case normal
    /// The less certain of the normal distribution and the chance that
    /// incidents scattered at random give as many, so that a cell is
    /// significant only when both agree. The default.
    case guarded
}
