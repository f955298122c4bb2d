"""Writes rasters through gdal_translate, as a user's own would be."""

import array
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import plan
from .vegetation import FILL, QA_FILL

ENVI_TYPE = {"h": 2, "B": 1}


def write(path, values, code, nodata):
    """One single-band GeoTIFF from row-major values of array code h or B."""
    data = array.array(code, values)
    if sys.byteorder == "big":
        data.byteswap()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "band.img"
        raw.write_bytes(data.tobytes())
        raw.with_suffix(".hdr").write_text(
            "ENVI\nsamples = %d\nlines = %d\nbands = 1\nheader offset = 0\n"
            "data type = %d\ninterleave = bsq\nbyte order = 0\n"
            % (plan.COLUMNS, plan.ROWS, ENVI_TYPE[code]))
        bounds = (plan.WEST, plan.NORTH, round(plan.WEST + plan.COLUMNS * plan.CELL, 6),
                  round(plan.NORTH - plan.ROWS * plan.CELL, 6))
        subprocess.run(
            ["gdal_translate", "-q", "-of", "GTiff", "-a_srs", "EPSG:4326", "-a_ullr",
             *[repr(b) for b in bounds], "-a_nodata", str(nodata), "-co", "COMPRESS=DEFLATE",
             "-co", "PREDICTOR=2", "-co", "ZLEVEL=9", "-co", "BLOCKYSIZE=%d" % plan.ROWS,
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
