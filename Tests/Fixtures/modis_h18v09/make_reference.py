"""Counts what the MODIS and VIIRS tiles of ${JILAAL_DATA}/modis_h18v09 hold.

Each layer is written out as raw numbers by gdal_translate and counted with
numpy, bit by bit; nothing of Jilaal is used. Only counts, sums and digests
are kept, no data.

    JILAAL_DATA=... python3 make_reference.py > reference.json

Needs gdal_translate (GDAL 3.6.2 made the committed file) and numpy.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

import numpy

FOLDER = os.path.join(os.environ["JILAAL_DATA"], "modis_h18v09")
# Name, lowest bit, number of bits: by the legend in the files.
FIELDS = [
    ("modland", 0, 2), ("usefulness", 2, 4), ("aerosol", 6, 2), ("adjacent_cloud", 8, 1),
    ("brdf_correction", 9, 1), ("mixed_clouds", 10, 1), ("land_water", 11, 3), ("snow", 14, 1),
    ("shadow", 15, 1),
]
VIIRS = "//HDFEOS/GRIDS/VIIRS_Grid_16Day_VI_1km/Data_Fields/"


def subdataset(name, layer):
    path = os.path.join(FOLDER, name)
    if name.endswith(".h5"):
        return f'HDF5:"{path}":{VIIRS}1_km_16_days_{layer.replace(" ", "_")}'
    return f'HDF4_EOS:EOS_GRID:"{path}":MODIS_Grid_16DAY_1km_VI:1 km 16 days {layer}'


def raw(name, layer, dtype):
    """The numbers of a layer as gdal_translate writes them, row by row."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "layer.bin")
        subprocess.run(
            ["gdal_translate", "-q", "-of", "ENVI", subdataset(name, layer), out], check=True)
        return numpy.fromfile(out, dtype=dtype)


def sha256(array):
    return hashlib.sha256(array.astype(array.dtype.newbyteorder("<")).tobytes()).hexdigest()


def counts(values, width):
    found = numpy.bincount(values.astype(numpy.int64), minlength=1 << width)
    return [int(n) for n in found]


def usable(name, ndvi, reliability):
    """Cells whose NDVI is valid and whose rank is among the best."""
    viirs = name.startswith("VNP")
    low = -10000 if viirs else -2000
    best = 3 if viirs else 1
    return (ndvi >= low) & (ndvi <= 10000) & (reliability <= best)


def tile(name):
    ndvi = raw(name, "NDVI", "<i2")
    quality = raw(name, "VI Quality", "<u2")
    reliability = raw(name, "pixel reliability", "u1")
    good = usable(name, ndvi, reliability)
    graded = quality[quality != 65535]
    land = good & (((quality >> 11) & 7) == 1)
    return {
        "file": name,
        "ndvi_sha256": sha256(ndvi),
        "usable": int(good.sum()),
        "usable_stored_sum": int(ndvi[good].astype(numpy.int64).sum()),
        "usable_land": int(land.sum()),
        "ungraded": int((quality == 65535).sum()),
        "reliability": {str(code): n for code, n in enumerate(counts(reliability, 8)) if n},
        "fields": {field: counts((graded >> shift) & ((1 << width) - 1), width)
                   for field, shift, width in FIELDS},
    }


def pair(terra, aqua):
    """Best rank first, then the greatest NDVI, then the earlier composite."""
    chosen = numpy.full(1200 * 1200, -3000, "<i2")
    day = numpy.full(1200 * 1200, -1, "<i2")
    rank = numpy.full(1200 * 1200, 255, "u1")
    source = numpy.full(1200 * 1200, -1, "i1")
    for position, name in enumerate([terra, aqua]):
        ndvi = raw(name, "NDVI", "<i2")
        reliability = raw(name, "pixel reliability", "u1")
        days = raw(name, "composite day of the year", "<i2")
        good = usable(name, ndvi, reliability)
        better = good & ((reliability < rank) | ((reliability == rank) & (ndvi > chosen)))
        chosen[better] = ndvi[better]
        day[better] = days[better]
        rank[better] = reliability[better]
        source[better] = position
    return {
        "terra": terra, "aqua": aqua,
        "from_terra": int((source == 0).sum()), "from_aqua": int((source == 1).sum()),
        "none": int((source == -1).sum()),
        "stored_sum": int(chosen[source >= 0].astype(numpy.int64).sum()),
        "day_sum": int(day[source >= 0].astype(numpy.int64).sum()),
        "ndvi_sha256": sha256(chosen), "day_sha256": sha256(day),
    }


def main():
    names = sorted(n for n in os.listdir(FOLDER) if n.endswith((".hdf", ".h5")))
    first = {kind: [n for n in names if n.startswith(kind)] for kind in ("MOD13A2", "MYD13A2")}
    parts = {
        "tiles": [tile(n) for n in names],
        "pairs": [pair(t, a) for t, a in zip(first["MOD13A2"], first["MYD13A2"])],
    }
    lists = (f'"{key}": [\n' + ",\n".join(json.dumps(entry) for entry in entries) + "\n]"
             for key, entries in parts.items())
    sys.stdout.write("{\n" + ",\n".join(lists) + "\n}\n")


main()
