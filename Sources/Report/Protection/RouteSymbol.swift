import GridCore

/// How exposed a supply route is, from the most exposed.
enum RouteExposure: Hashable, Sendable, CaseIterable {
    case high, moderate, low, unknown

    init(_ route: TransferMap.Route, _ map: TransferMap) {
        guard let exposure = route.exposurePerKilometer, exposure.isFinite else {
            self = .unknown
            return
        }
        if exposure >= map.highExposurePerKilometer {
            self = .high
        } else {
            self = exposure >= map.moderateExposurePerKilometer ? .moderate : .low
        }
    }

    var stroke: Stroke {
        switch self {
        case .high: Stroke(color: Color(0x5E2C04), width: 4.8)
        case .moderate: Stroke(color: Color(0xB8722B), width: 3.6)
        case .low: Stroke(color: Color(0xDDB56C), width: 2.8)
        case .unknown: Stroke(color: Color(0x7B6FA0), width: 2.6)
        }
    }
}

/// How supply routes look: colour and width by exposure, dashes by what
/// threatens to cut them.
enum RouteSymbol {
    /// Long dashes: cut in the flood season; dots: no way around; both: dash
    /// and dot.
    static func dashes(of route: TransferMap.Route) -> [Double] {
        switch (route.isCutInFloodSeason, route.isSingleRoute) {
        case (false, false): []
        case (true, false): [12, 6]
        case (false, true): [3, 4]
        case (true, true): [12, 4, 3, 4]
        }
    }

    /// The least exposed first, full lines before broken ones, so that what
    /// is worst stays visible where routes share a road.
    static func draw(
        _ map: TransferMap, _ projection: MapProjection, on canvas: borrowing Canvas
    ) {
        for exposure in RouteExposure.allCases.reversed() {
            let routes = map.routes.filter { RouteExposure($0, map) == exposure }
            for route in routes.filter({ dashes(of: $0).isEmpty })
                + routes.filter({ !dashes(of: $0).isEmpty })
            {
                var path = Path()
                path.add(route.line, projection.place)
                draw(path, exposure, dashes: dashes(of: route), on: canvas)
            }
        }
    }

    private static func draw(
        _ path: Path, _ exposure: RouteExposure, dashes: [Double], on canvas: borrowing Canvas
    ) {
        var stroke = exposure.stroke
        canvas.stroke(path, Stroke(color: Ink.paper, width: stroke.width + 2))
        stroke.dashes = dashes
        canvas.stroke(path, stroke)
    }

    static func legend(_ exposure: RouteExposure, dashes: [Double]) -> LegendColumn.Symbol {
        { box, canvas in
            let y = box.center.y.rounded()
            let path = Path(from: Point(x: box.x, y: y), to: Point(x: box.maxX, y: y))
            draw(path, exposure, dashes: dashes, on: canvas)
        }
    }
}

/// How settlements look that lose their last cover: a dot in a ring.
enum LosingSymbol {
    static let color = Color(0xC1121F)
    private static let ring = 4.0

    static func draw(at point: Point, radius: Double, on canvas: borrowing Canvas) {
        let circle = Path(circleAt: point, radius: radius + ring)
        canvas.stroke(circle, Stroke(color: Ink.paper, width: 4.4))
        canvas.stroke(circle, Stroke(color: color, width: 2.2))
        canvas.fill(Path(circleAt: point, radius: radius), color)
    }

    static func box(
        _ settlement: MapGround.Settlement, _ projection: MapProjection
    ) -> Rectangle {
        settlement.box(at: projection.place(settlement.position)).expanded(by: ring)
    }

    static let legend: LegendColumn.Symbol = { box, canvas in
        draw(at: box.center, radius: 3.2, on: canvas)
    }
}
