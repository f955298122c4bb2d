import GridCore

extension MapGround {
    func drawOutlines(_ projection: MapProjection, on canvas: borrowing Canvas) {
        var path = Path()
        for outline in outlines where projection.shows(outline) {
            path.add(outline, projection.place)
        }
        canvas.stroke(path, MapSymbols.outline)
    }

    func drawRoads(_ projection: MapProjection, on canvas: borrowing Canvas) {
        var path = Path()
        for road in roads { path.add(road, projection.place) }
        canvas.stroke(path, Stroke(color: Ink.paper.withOpacity(0.7), width: 3.2))
        canvas.stroke(path, MapSymbols.road)
    }

    func drawSectorBorders(_ projection: MapProjection, on canvas: borrowing Canvas) {
        var path = Path()
        for sector in sectors where projection.shows(sector.shape) {
            path.add(sector.shape, projection.place)
        }
        canvas.stroke(path, Stroke(color: Ink.paper.withOpacity(0.7), width: 4.8))
        canvas.stroke(path, MapSymbols.zoneBorder)
    }

    func fillSectors(
        _ projection: MapProjection, _ color: Color, on canvas: borrowing Canvas
    ) {
        for sector in sectors where projection.shows(sector.shape) {
            var path = Path()
            path.add(sector.shape, projection.place)
            canvas.fill(path, color)
        }
    }

    /// `settlements`: those to be drawn, the most important first.
    static func draw(
        _ settlements: [Settlement], _ projection: MapProjection, _ color: Color = Ink.paper,
        on canvas: borrowing Canvas
    ) {
        // The most important last, so that they lie on top.
        for settlement in settlements.reversed() {
            drawDot(
                at: projection.place(settlement.position), radius: settlement.radius, color,
                on: canvas)
        }
    }

    static func drawDot(
        at point: Point, radius: Double, _ color: Color, on canvas: borrowing Canvas
    ) {
        let path = Path(circleAt: point, radius: radius)
        canvas.fill(path, color)
        canvas.stroke(path, Stroke(color: Ink.text, width: 1.3))
    }

    // MARK: Legend

    /// Rows for borders, settlements and roads, as far as there are any.
    /// Without `dots` settlements are explained elsewhere.
    func legendEntries(
        shown: [Settlement], visible: Int, dots: Bool = true
    ) -> [LegendColumn.Entry] {
        var entries: [LegendColumn.Entry] = [.heading("Ground")]
        if sectors.isEmpty {
            entries.append(.row(LegendColumn.nothing, "No sectors in this run"))
        } else {
            entries.append(.row(LegendColumn.line(MapSymbols.zoneBorder), "Sector border"))
        }
        if !outlines.isEmpty {
            entries.append(.row(LegendColumn.line(MapSymbols.outline), outlinesLabel))
        }
        if !roads.isEmpty { entries.append(.row(LegendColumn.line(MapSymbols.road), "Road")) }
        guard dots, !shown.isEmpty else { return entries }
        for people in [1_000.0, 50_000, 200_000] {
            let sample = Settlement(name: "", position: Coordinate(x: 0, y: 0), people: people)
            let text = people == 200_000 ? "people or more" : "people"
            entries.append(
                .row(
                    { box, canvas in
                        Self.drawDot(
                            at: box.center, radius: sample.radius, Ink.paper, on: canvas)
                    }, "Settlement of \(NumberText.grouped(Int(people))) \(text)"))
        }
        if shown.count < visible {
            entries.append(
                .text(
                    "The \(shown.count) largest of \(NumberText.grouped(visible)) settlements "
                        + "are shown, at most \(Self.mostNamed) of them with names."))
        } else if shown.count > Self.mostNamed {
            entries.append(.text("At most \(Self.mostNamed) have names, the largest first."))
        }
        return entries
    }
}
