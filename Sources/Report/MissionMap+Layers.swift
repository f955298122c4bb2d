import GridCore

extension MissionMapDrawing {
    func drawOutlines(on canvas: borrowing Canvas) {
        var path = Path()
        for outline in map.outlines where projection.shows(outline) {
            path.add(outline, projection.place)
        }
        canvas.stroke(path, MapSymbols.outline)
    }

    func drawZones(on canvas: borrowing Canvas) {
        for zone in map.zones where projection.shows(zone.shape) {
            var path = Path()
            path.add(zone.shape, projection.place)
            guard let table = map.classTable else {
                canvas.fill(path, Ink.paper)
                continue
            }
            let color = zone.classCode.map { table.entry($0)?.color ?? Ink.unlisted }
            if let color, !zone.isPartlySeen {
                canvas.fill(path, color)
                continue
            }
            canvas.clipped(to: path) {
                $0.draw(
                    .nodata(width: Int(frame.width), height: Int(frame.height)),
                    x: Int(frame.x), y: Int(frame.y))
            }
            if let color { MapSymbols.drawStripes(path, color, in: frame, on: canvas) }
        }
    }

    func drawZoneBorders(on canvas: borrowing Canvas) {
        var path = Path()
        for zone in map.zones where projection.shows(zone.shape) {
            path.add(zone.shape, projection.place)
        }
        canvas.stroke(path, Stroke(color: Ink.paper.withOpacity(0.6), width: 4.5))
        canvas.stroke(path, MapSymbols.zoneBorder)
    }

    func drawRoads(on canvas: borrowing Canvas) {
        var path = Path()
        for road in map.roads { path.add(road, projection.place) }
        canvas.stroke(path, Stroke(color: Ink.paper.withOpacity(0.7), width: 3.2))
        canvas.stroke(path, MapSymbols.road)
    }

    func drawHotspots(on canvas: borrowing Canvas) {
        for hotspot in map.hotspots ?? [] where projection.shows(hotspot.shape) {
            var path = Path()
            path.add(hotspot.shape, projection.place)
            MapSymbols.drawHotspot(path, hotspot.confidence, in: frame, on: canvas)
        }
    }

    func drawSettlements(on canvas: borrowing Canvas) {
        // The most important last, so that they lie on top.
        for settlement in settlements.reversed() {
            MapSymbols.drawSettlement(at: projection.place(settlement.position), on: canvas)
        }
    }

    func drawBases(on canvas: borrowing Canvas) {
        for base in map.bases where projection.extent.contains(base.position) {
            MapSymbols.drawBase(at: projection.place(base.position), on: canvas)
        }
    }
}

/// How each kind of thing looks, on the map and in its legend alike.
enum MapSymbols {
    static let zoneBorder = Stroke(color: Color(0x1F1F1F), width: 2.2)
    static let outline = Stroke(color: Ink.line.withOpacity(0.6), width: 1)
    static let road = Stroke(color: Ink.road, width: 1.5)
    static let baseRadius = 7.5
    static let settlementRadius = 2.8

    /// The more certain, the stronger the line and the denser the hatch;
    /// the least certain is dashed.
    static func drawHotspot(
        _ path: Path, _ confidence: MissionMap.Confidence, in box: Rectangle,
        on canvas: borrowing Canvas
    ) {
        let (width, spacing, dashes): (Double, Double, [Double]) =
            switch confidence {
            case .percent99: (2.8, 6, [])
            case .percent95: (2.0, 10, [])
            case .percent90: (1.8, 15, [6, 4])
            }
        canvas.fill(path, Ink.hotspot.withOpacity(0.14))
        canvas.hatch(
            path, in: box, spacing: spacing,
            Stroke(color: Ink.hotspot.withOpacity(0.75), width: 1.1))
        canvas.stroke(path, Stroke(color: Ink.paper.withOpacity(0.9), width: width + 2.4))
        canvas.stroke(path, Stroke(color: Ink.hotspot, width: width, dashes: dashes))
    }

    /// A class that rests on a small part of a zone.
    static func drawStripes(
        _ path: Path, _ color: Color, in box: Rectangle, on canvas: borrowing Canvas
    ) {
        canvas.hatch(path, in: box, spacing: 24, Stroke(color: color, width: 7))
    }

    static func drawBase(at center: Point, on canvas: borrowing Canvas) {
        let path = Path(triangleAt: center, radius: baseRadius)
        canvas.stroke(path, Stroke(color: Ink.paper, width: 3.5))
        canvas.fill(path, Ink.base)
    }

    static func drawSettlement(at center: Point, on canvas: borrowing Canvas) {
        let path = Path(circleAt: center, radius: settlementRadius)
        canvas.fill(path, Ink.paper)
        canvas.stroke(path, Stroke(color: Ink.text, width: 1.3))
    }

    /// The square that a base's symbol covers.
    static func baseBox(at center: Point) -> Rectangle {
        Rectangle(x: center.x, y: center.y, width: 0, height: 0).expanded(by: baseRadius + 1)
    }

    static func settlementBox(at center: Point) -> Rectangle {
        Rectangle(x: center.x, y: center.y, width: 0, height: 0).expanded(by: settlementRadius + 1)
    }
}
