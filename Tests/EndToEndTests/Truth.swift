import Foundation
import TestSupport

/// What was planted in `sample-data`, with the limits of what must be found.
struct Truth: Decodable {
    var droughts: [Drought]
    var hotspots: [Planted]
    var oldHotspot: Place
    var capitalPileUp: Place
    var hotspotLimits: HotspotLimits
    var bases: Bases
    var files: [String: File]
    var transfer: Transfer

    /// What was planted of coverage and transfer.
    struct Transfer: Decodable {
        var minutesDifferByShareAtMost: Double
        var peopleTotal: Double
        var singleBridge: SingleBridge
        var cutOffWhenWet: Cut
        var closeCandidate: BaseLoss
        var losesLastCover: BaseLoss
        var importantAndReady: BaseLoss
        var seamGap: SeamGap
        var gates: [String: Gates]
        var expectedVerdicts: [String: String]

        struct Seasons: Decodable {
            var dry: Double?
            var wet: Double?
            var flood: Double?
        }
        struct SingleBridge: Decodable {
            var base: String
            var hubMinutes: Seasons
        }
        struct Cut: Decodable {
            var base: String
            var hubMinutes: Seasons
        }
        struct BaseLoss: Decodable {
            var base: String
            var loss: Losses
        }
        struct Losses: Decodable {
            var dry: Loss
            var wet: Loss
        }
        struct Loss: Decodable {
            var people: Double
            var share: Double
            var settlements: Int
            var largest: [String]
        }
        struct SeamGap: Decodable {
            var pair: [String]
        }
        struct Gates: Decodable {
            var failing: [String]
            var unknown: [String]
        }
    }

    struct Drought: Decodable {
        var id: String
        var asOf: String
        var composite: String
        var centre: [Double]
        var semiAxisXKm: Double
        var semiAxisYKm: Double
        var rotationDegreesCounterClockwise: Double
        var coreShareOfRadius: Double
        var sectorsInDrought: [String]
        var limits: Limits
    }

    struct Limits: Decodable {
        var coreMeanZBelow: Double
        var coreShareSevereOrExtremeAtLeast: Double
        var outsideShareSevereOrExtremeBelow: Double
        var sectorMeanZOfDroughtSectorsBelow: Double
        var sectorMeanZOfOtherSectorsAbove: Double
    }

    struct Planted: Decodable {
        var id: String
        var centre: [Double]
        var sectors: [String]
    }

    struct Place: Decodable {
        var centre: [Double]
    }

    struct HotspotLimits: Decodable {
        var nearKm: Double
        var falseAlarmsAtMost: Int
        var falseAlarmAreaKm2AtMost: Double
    }

    struct Bases: Decodable {
        var closePair: [String]
        var closePairKm: Double
        var isolated: String
        var isolatedToNearestKm: Double
    }

    struct File: Decodable {
        var rows: Int?
        var rejected: [String: Int]?
        var usedTotal: Int?
    }

    static func read() throws -> Truth {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let url = TestPaths.package.appendingPathComponent("sample-data/truth.json")
        return try decoder.decode(Truth.self, from: Data(contentsOf: url))
    }

    func drought(_ id: String) throws -> Drought {
        guard let drought = droughts.first(where: { $0.id == id }) else {
            throw PublishedRun.Refused(description: "truth.json has no drought \(id)")
        }
        return drought
    }
}

extension Truth.Drought {
    /// Kilometres of one degree of latitude on the sphere of the generator.
    private static let kmPerDegree = 111.195

    /// Distance from the centre as a share of the ellipse's radius there.
    func radius(longitude: Double, latitude: Double) -> Double {
        let x =
            (longitude - centre[0]) * Self.kmPerDegree * cos(latitude * .pi / 180)
        let y = (latitude - centre[1]) * Self.kmPerDegree
        let turn = rotationDegreesCounterClockwise * .pi / 180
        let u = x * cos(turn) + y * sin(turn)
        let v = -x * sin(turn) + y * cos(turn)
        return hypot(u / semiAxisXKm, v / semiAxisYKm)
    }
}
