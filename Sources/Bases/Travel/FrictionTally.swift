import GridCore

/// Friction cell by cell, with everything that is counted on the way.
struct FrictionTally {
    let layers: FrictionLayers
    let classes: SeasonSpeeds
    let slope: SlopeRule
    let profile: TravelProfile
    private var log: FrictionLog
    private var landCoverCells = Array(repeating: 0, count: 1 << 16)
    private var roadCells = Array(repeating: 0, count: 256)
    private var crossingCells = Array(repeating: 0, count: 256)
    private var crossingMinutes: [Int: Double] = [:]

    init(
        layers: FrictionLayers, classes: SeasonSpeeds, slope: SlopeRule, profile: TravelProfile
    ) {
        self.layers = layers
        self.classes = classes
        self.slope = slope
        self.profile = profile
        log = FrictionLog(cells: layers.landCover.count)
    }

    mutating func fill(_ cells: UnsafeMutableBufferPointer<Double>, slopes: Grid<Float>?) {
        let landCover = layers.landCover.cells
        let roads = layers.roads?.cells
        let rivers = layers.rivers?.cells
        let crossings = layers.crossings?.cells
        let steepness = slopes?.cells
        let insecurity = layers.insecurity?.cells
        for cell in cells.indices {
            let crossing = Int(crossings?[cell] ?? 0)
            let road = Int(roads?[cell] ?? 0)
            let isRiver = (rivers?[cell] ?? 0) != 0
            let speed = baseSpeed(landCover[cell], road, crossing, isRiver)
            guard let speed else {
                cells[cell] = .infinity
                continue
            }
            guard let slowed = slowedSpeed(speed, steepness?[cell]) else {
                cells[cell] = .infinity
                continue
            }
            if crossing != 0, classes.crossingMinutes[crossing] > 0 {
                crossingMinutes[cell] = classes.crossingMinutes[crossing]
            }
            let friction = 0.06 / slowed * insecurityFactor(insecurity?[cell])
            cells[cell] = min(friction, FrictionField.largestMinutesPerMeter)
        }
    }

    /// The log, and the minutes of crossings by cell.
    func finish(
        _ table: SpeedTable, _ season: TravelSeason
    ) -> (log: FrictionLog, crossingMinutes: [Int: Double]) {
        var log = log
        var landCover = landCoverCells
        var roads = roadCells
        var crossings = crossingCells
        for row in table.rows {
            let count: Int
            switch row.layer {
            case .landCover:
                let slot = SeasonSpeeds.slot(Int16(row.code))
                (count, landCover[slot]) = (landCover[slot], 0)
            case .road: (count, roads[row.code]) = (roads[row.code], 0)
            case .crossing: (count, crossings[row.code]) = (crossings[row.code], 0)
            }
            log.classes.append(
                .init(
                    layer: row.layer, code: row.code, name: row.name, cells: count,
                    kilometersPerHour: SeasonSpeeds.speed(of: row, table, season)))
        }
        let unknown: [(SpeedTable.Layer, [Int], Int)] = [
            (.landCover, landCover, -32768), (.road, roads, 0), (.crossing, crossings, 0),
        ]
        for (layer, counts, first) in unknown {
            for (slot, cells) in counts.enumerated() where cells > 0 {
                log.unknownCodes.append(.init(layer: layer, code: slot + first, cells: cells))
            }
        }
        log.multipliers = table.multipliers.map { multiplier in
            .init(
                multiplier: multiplier,
                cells: zip(table.rows, log.classes).reduce(0) {
                    multiplier.applies(to: $1.0, in: season) ? $0 + $1.1.cells : $0
                })
        }
        return (log, crossingMinutes)
    }

    /// The speed of the class that rules in a cell; nil where impassable.
    private mutating func baseSpeed(
        _ landCover: Int16, _ road: Int, _ crossing: Int, _ isRiver: Bool
    ) -> Double? {
        let speed: Double
        if crossing != 0 {
            crossingCells[crossing] += 1
            speed = classes.crossings[crossing]
        } else if isRiver {
            log.impassable.river += 1
            log.roadCellsInRivers += road == 0 ? 0 : 1
            return nil
        } else if road != 0 {
            roadCells[road] += 1
            speed = classes.roads[road]
        } else if landCover == layers.landCoverNoData {
            log.impassable.noData += 1
            return nil
        } else {
            let slot = SeasonSpeeds.slot(landCover)
            landCoverCells[slot] += 1
            speed = classes.landCover[slot]
        }
        if speed.isNaN {
            log.impassable.unknownClass += 1
            return nil
        }
        if speed <= 0 {
            log.impassable.zeroSpeed += 1
            return nil
        }
        return speed
    }

    /// The speed on a slope within the limits; nil where it is too steep.
    private mutating func slowedSpeed(_ speed: Double, _ steepness: Float?) -> Double? {
        var slowed = speed
        if let steepness {
            if steepness.isNaN {
                log.missingElevation += 1
            } else if steepness > 0 {
                slowed *= slope.speedFactor(atSlope: Double(steepness))
                if slowed <= 0 {
                    log.impassable.tooSteep += 1
                    return nil
                }
                log.slowedBySlope += 1
            }
        }
        let limits = FrictionModel.speedsInKilometersPerHour
        if slowed < limits.lowerBound { log.raisedToSlowest += 1 }
        if slowed > limits.upperBound { log.loweredToFastest += 1 }
        return min(max(slowed, limits.lowerBound), limits.upperBound)
    }

    private mutating func insecurityFactor(_ insecurity: Float?) -> Double {
        guard profile.insecurityWeight > 0, let insecurity else { return 1 }
        if insecurity.isNaN {
            log.missingInsecurity += 1
            return 1
        }
        let clamped = min(max(Double(insecurity), 0), 1)
        if clamped != Double(insecurity) { log.clampedInsecurity += 1 }
        let factor = min(
            1 + profile.insecurityWeight * clamped, TravelProfile.largestInsecurityFactor)
        if factor > 1 { log.slowedByInsecurity += 1 }
        return factor
    }
}
