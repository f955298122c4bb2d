/// A running sum that keeps what addition rounds away, so that millions of
/// cells lose no digit that a table shows.
///
/// A. Neumaier 1974, Rundungsfehleranalyse einiger Verfahren zur Summation
/// endlicher Summen, Z. Angew. Math. Mech. 54: 39-51.
struct CompensatedSum {
    private var sum = 0.0
    private var lost = 0.0

    @inline(__always)
    mutating func add(_ value: Double) {
        let next = sum + value
        lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
        sum = next
    }

    var value: Double { sum + lost }
}
