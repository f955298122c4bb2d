import Sectors

extension IndicatorOutput {
    /// Bins of the median: values are rounded to 1 over the first number and
    /// told apart between the limits.
    var medianBins: (perUnit: Int, limits: ClosedRange<Int>) {
        switch (unit, quantity) {
        case ("%", _): (10, -1000...5000)
        case ("standard deviations", _): (100, -1000...1000)
        case ("composites", _), ("% composites", _): (1, 0...100_000)
        case (_, "Year"): (100, 0...400_000)
        case (_, "NDVI a year"): (100_000, -100_000...100_000)
        case (_, "Indicators"): (1, 0...100)
        case (_, "log10 lambda"): (100, -1000...1000)
        default: (1000, -2000...2000)
        }
    }

    /// An empty zone of this output.
    var emptySpread: ZonalSpread {
        let bins = medianBins
        return ZonalSpread(binsPerUnit: bins.perUnit, limits: bins.limits)
    }
}
