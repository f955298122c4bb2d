import Sectors
import Tables

/// A statistic that `jilaal zonal` can be asked for, and its column.
public enum ZonalStatistic: Hashable, Sendable {
    case count, sum, mean, min, max, variance, stdev, classes
    /// Share of the weight at or below it, 0 ... 1.
    case quantile(Double)

    /// What can be written, for help and messages.
    public static let names = [
        "count", "sum", "mean", "min", "max", "variance", "stdev", "median", "quantile=0.9", "classes",
    ]

    /// - Parameter text: such as `mean` or `quantile=0.9`; nil when it is no
    ///   statistic.
    public init?(_ text: String) {
        switch text {
        case "count": self = .count
        case "sum": self = .sum
        case "mean": self = .mean
        case "min": self = .min
        case "max": self = .max
        case "variance": self = .variance
        case "stdev": self = .stdev
        case "median": self = .quantile(0.5)
        case "classes": self = .classes
        default:
            let head = "quantile="
            guard text.hasPrefix(head), let share = Double(text.dropFirst(head.count)),
                share >= 0, share <= 1
            else { return nil }
            self = .quantile(share)
        }
    }

    /// nil for classes, which have a column each.
    var column: ColumnDescription? {
        switch self {
        case .count:
            ColumnDescription(
                "count", .number, unit: "cells", "Covered cells that have a value, parts as parts")
        case .sum: ColumnDescription("sum", .number, "Sum of weight times value")
        case .mean: ColumnDescription("mean", .number, "Weighted mean")
        case .min: ColumnDescription("min", .number, "Least value of any cell covered in part or whole")
        case .max:
            ColumnDescription("max", .number, "Greatest value of any cell covered in part or whole")
        case .variance: ColumnDescription("variance", .number, "Weighted variance of the population")
        case .stdev: ColumnDescription("stdev", .number, "Square root of the weighted variance")
        case .quantile(let share):
            ColumnDescription(
                share == 0.5 ? "median" : "quantile_\(Decimal.text(share))", .number,
                "Weighted quantile at \(Decimal.text(share))")
        case .classes: nil
        }
    }

    /// - Parameter quantile: number of quantiles before this one in the
    ///   request.
    func cell(_ statistics: ZonalStatistics, quantile: Int) -> Cell {
        switch self {
        case .count: .number(statistics.count)
        case .sum: .number(statistics.sum)
        case .mean: .optional(statistics.mean)
        case .min: .optional(statistics.minimum)
        case .max: .optional(statistics.maximum)
        case .variance: .optional(statistics.variance)
        case .stdev: .optional(statistics.standardDeviation)
        case .quantile: .optional(statistics.quantiles[quantile])
        case .classes: .missing
        }
    }
}
