"""Writes rasters through gdal_translate, as a user's own would be."""

import array
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import fine_grid, plan
from .vegetation import FILL, QA_FILL

ENVI_TYPE = {"h": 2, "B": 1, "f": 4}
NDVI_GRID = (plan.CELL, plan.COLUMNS, plan.ROWS)
FINE_GRID = (fine_grid.CELL, fine_grid.COLUMNS, fine_grid.ROWS)


def write(path, values, code, nodata, grid=NDVI_GRID):
    """One single-band GeoTIFF from row-major values of array code h, B or f."""
    cell, columns, rows = grid
    data = array.array(code, values)
    if sys.byteorder == "big":
        data.byteswap()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "band.img"
        raw.write_bytes(data.tobytes())
        raw.with_suffix(".hdr").write_text(
            "ENVI\nsamples = %d\nlines = %d\nbands = 1\nheader offset = 0\n"
            "data type = %d\ninterleave = bsq\nbyte order = 0\n"
            % (columns, rows, ENVI_TYPE[code]))
        bounds = (plan.WEST, plan.NORTH, round(plan.WEST + columns * cell, 6),
                  round(plan.NORTH - rows * cell, 6))
        subprocess.run(
            ["gdal_translate", "-q", "-of", "GTiff", "-a_srs", "EPSG:4326", "-a_ullr",
             *[repr(b) for b in bounds], "-a_nodata", str(nodata), "-co", "COMPRESS=DEFLATE",
             "-co", "PREDICTOR=%d" % (3 if code == "f" else 2), "-co", "ZLEVEL=9",
             "-co", "BLOCKYSIZE=%d" % rows,
             "--config", "GDAL_PAM_ENABLED", "NO", str(raw), str(path)], check=True)


def write_archive(archive, folder):
    """Both layers of every composite; the number of files of each."""
    (folder / "ndvi").mkdir(parents=True)
    (folder / "qa").mkdir(parents=True)
    waiting = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for (year, day), ndvi, quality in archive:
            stamp = "16day_%d%03d.tif" % (year, day)
            waiting.append(pool.submit(
                write, folder / "ndvi" / ("KRS_NDVI_" + stamp), ndvi, "h", FILL))
            waiting.append(pool.submit(
                write, folder / "qa" / ("KRS_QA_" + stamp), quality, "B", QA_FILL))
        for job in waiting:
            job.result()
    return len(waiting) // 2
