#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The chance of `count` or more of a Poisson number with the given mean: 1
/// for a count of 0, 0 for a mean of 0 and any other count.
///
/// Terms are added from the largest of the smaller side, so that small tails
/// keep their digits.
func poissonUpperTail(_ count: Int, mean: Double) -> Double {
    guard count > 0 else { return 1 }
    guard mean > 0 else { return 0 }
    let k = Double(count)
    // log(k!) as a sum of logarithms: lgamma is not safe among threads.
    func logTerm(_ number: Int) -> Double {
        let logFactorial = number < 2 ? 0 : (2...number).reduce(0) { $0 + log(Double($1)) }
        return Double(number) * log(mean) - mean - logFactorial
    }
    if k > mean {
        var term = exp(logTerm(count))
        var sum = term
        var number = k
        while term > sum * 1e-17, term > 0 {
            number += 1
            term *= mean / number
            sum += term
        }
        return min(1, sum)
    }
    var term = exp(logTerm(count - 1))
    var sum = term
    var number = k - 1
    while number > 0, term > sum * 1e-17 {
        term *= number / mean
        sum += term
        number -= 1
    }
    return max(0, 1 - sum)
}
