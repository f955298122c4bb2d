/// Heights of boundaries, simulated or solved once and published.
enum BreakCriticalValues {
    /// One simulated height: the process over `period` times the history stays
    /// below c sqrt(2 log+ t) with probability 1 - `level`.
    struct MovingSum {
        let window: Double
        let period: Int
        let level: Double
        let value: Double

        init(_ window: Double, _ period: Int, _ level: Double, _ value: Double) {
            self.window = window
            self.period = period
            self.level = level
            self.value = value
        }
    }

    /// Moving sums of residuals of least squares: window as a share of the
    /// history, end of the monitoring as a multiple of it, level, height
    /// (Chu, Hornik and Kuan 1995; Leisch, Hornik and Kuan 2000; Zeileis et
    /// al. 2005).
    static let movingSums: [MovingSum] = [
        MovingSum(0.25, 2, 0.01, 1.4332629474243), MovingSum(0.5, 2, 0.01, 2.03146339358619),
        MovingSum(1, 2, 0.01, 2.79961591720564),
        MovingSum(0.25, 4, 0.01, 1.51983679278537), MovingSum(0.5, 4, 0.01, 2.20116995886405),
        MovingSum(1, 4, 0.01, 3.2528296362616),
        MovingSum(0.25, 6, 0.01, 1.52159988186384), MovingSum(0.5, 6, 0.01, 2.20853516508261),
        MovingSum(1, 6, 0.01, 3.27400632880909),
        MovingSum(0.25, 8, 0.01, 1.52162850629023), MovingSum(0.5, 8, 0.01, 2.20875377365514),
        MovingSum(1, 8, 0.01, 3.27485973776243),
        MovingSum(0.25, 10, 0.01, 1.52164497279622), MovingSum(0.5, 10, 0.01, 2.20907282819197),
        MovingSum(1, 10, 0.01, 3.27693245691716),
        MovingSum(0.25, 2, 0.05, 1.22762665817831), MovingSum(0.5, 2, 0.05, 1.68732328328598),
        MovingSum(1, 2, 0.05, 2.22408818231127),
        MovingSum(0.25, 4, 0.05, 1.33623105388957), MovingSum(0.5, 4, 0.05, 1.8863309010041),
        MovingSum(1, 4, 0.05, 2.70443676308234),
        MovingSum(0.25, 6, 0.05, 1.34108685187662), MovingSum(0.5, 6, 0.05, 1.8995844505951),
        MovingSum(1, 6, 0.05, 2.73714807589866),
        MovingSum(0.25, 8, 0.05, 1.34165681503561), MovingSum(0.5, 8, 0.05, 1.90129850983572),
        MovingSum(1, 8, 0.05, 2.74287924359951),
        MovingSum(0.25, 10, 0.05, 1.34182451007628), MovingSum(0.5, 10, 0.05, 1.90200317899371),
        MovingSum(1, 10, 0.05, 2.74592761324742),
    ]

    /// Recursive CUSUM: level and lambda of the boundary lambda (1 + 2 t)
    /// (Brown, Durbin and Evans 1975), the roots of its crossing probability
    /// (Zeileis et al. 2005).
    static let recursiveSums: [(level: Double, value: Double)] = [
        (0.01, 1.1429735660), (0.05, 0.9478982340), (0.10, 0.8499238086),
    ]

    static func movingSum(window: Double, period: Int, level: Double) -> Double? {
        movingSums.first { $0.window == window && $0.period == period && $0.level == level }?
            .value
    }

    static func recursiveSum(level: Double) -> Double? {
        recursiveSums.first { $0.level == level }?.value
    }
}
