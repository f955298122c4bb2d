"""Writes small HDF4-EOS files with the documented layout of MODIS products.

MOD13Q1 and MOD13A1 v061 (Didan, MODIS vegetation index user guide) and MOD11A2
v061 (Wan, collection 6 users' guide): a grid with its StructMetadata, layers
with type, scale, fill and valid range, a few invented cells at the upper left
corner of the tile. No satellite data.

    python3 make_hdf.py

Needs numpy and pyhdf.
"""
import numpy
from pyhdf.HDF import HC, HDF
from pyhdf.SD import SD, SDC
from pyhdf.V import V

EDGE = 1111950.519667
INT8, UINT8, INT16, UINT16 = SDC.INT8, SDC.UINT8, SDC.INT16, SDC.UINT16
NAMES = {INT8: "INT8", UINT8: "UINT8", INT16: "INT16", UINT16: "UINT16"}
ROWS, COLUMNS = 2, 4

# VI Quality: modland 0-1, usefulness 2-5, aerosol 6-7, adjacent cloud 8,
# mixed clouds 10, land/water 11-13, snow 14, shadow 15.
LAND = 1 << 11
QUALITY = [
    LAND, LAND | 1 << 6, LAND | 3 << 6 | 1, LAND | 2 | 1 << 10,
    65535, 7 << 11, LAND | 1 | 11 << 2, LAND | 1 << 15,
]
NDVI = [3000, -2000, 10000, 4500, -3000, -2001, 10001, 7]
RELIABILITY = [0, 1, 0, 3, -1, 0, 1, 2]
DAYS = [353, 354, 355, 356, -1, 358, 359, 3]
# QC: mandatory 0-1, data quality 2-3, emissivity error 4-5, LST error 6-7.
LST = [15000, 0, 7500, 7499, 65535, 14000, 14001, 14002]
QC = [0, 2, 1 | 1 << 6, 0, 1 | 2 << 6, 1 | 3 << 6, 2, 3]


def structure(grid, tile, cell, layers):
    west, north = (tile[0] - 18) * EDGE, (9 - tile[1]) * EDGE
    fields = "".join(
        f"\t\t\tOBJECT=DataField_{number}\n\t\t\t\tDataFieldName=\"{name}\"\n"
        f"\t\t\t\tDataType=DFNT_{NAMES[kind]}\n\t\t\t\tDimList=(\"YDim\",\"XDim\")\n"
        f"\t\t\tEND_OBJECT=DataField_{number}\n"
        for number, (name, kind, *_) in enumerate(layers, 1))
    return (
        "GROUP=SwathStructure\nEND_GROUP=SwathStructure\nGROUP=GridStructure\n\tGROUP=GRID_1\n"
        f"\t\tGridName=\"{grid}\"\n\t\tXDim={COLUMNS}\n\t\tYDim={ROWS}\n"
        f"\t\tUpperLeftPointMtrs=({west:.6f},{north:.6f})\n"
        f"\t\tLowerRightMtrs=({west + COLUMNS * cell:.6f},{north - ROWS * cell:.6f})\n"
        "\t\tProjection=GCTP_SNSOID\n"
        "\t\tProjParams=(6371007.181000,0,0,0,0,0,0,0,0,0,0,0,0)\n\t\tSphereCode=-1\n"
        "\t\tGROUP=Dimension\n\t\tEND_GROUP=Dimension\n\t\tGROUP=DataField\n"
        + fields
        + "\t\tEND_GROUP=DataField\n\t\tGROUP=MergedFields\n\t\tEND_GROUP=MergedFields\n"
        "\tEND_GROUP=GRID_1\nEND_GROUP=GridStructure\n"
        "GROUP=PointStructure\nEND_GROUP=PointStructure\nEND\n")


def core(tile):
    """The part of CoreMetadata.0 that tells the tile."""
    lines = ["GROUP = INVENTORYMETADATA", "GROUPTYPE = MASTERGROUP"]
    named = [("HORIZONTALTILENUMBER", tile[0]), ("VERTICALTILENUMBER", tile[1])]
    lines += ["GROUP = ADDITIONALATTRIBUTES"]
    for number, (name, value) in enumerate(named, 1):
        mark = f'CLASS = "{number}"'
        lines += [
            "OBJECT = ADDITIONALATTRIBUTESCONTAINER", mark,
            "OBJECT = ADDITIONALATTRIBUTENAME", mark, "NUM_VAL = 1", f'VALUE = "{name}"',
            "END_OBJECT = ADDITIONALATTRIBUTENAME", "GROUP = INFORMATIONCONTENT", mark,
            "OBJECT = PARAMETERVALUE", "NUM_VAL = 1", mark, f'VALUE = "{value:02}"',
            "END_OBJECT = PARAMETERVALUE", "END_GROUP = INFORMATIONCONTENT",
            "END_OBJECT = ADDITIONALATTRIBUTESCONTAINER",
        ]
    lines += ["END_GROUP = ADDITIONALATTRIBUTES", "END_GROUP = INVENTORYMETADATA", "END", ""]
    return "\n".join(lines)


def write(path, grid, tile, cells, layers):
    file = SD(path, SDC.WRITE | SDC.CREATE | SDC.TRUNC)
    for name, text in [
        ("HDFEOSVersion", "HDFEOS_V2.19"),
        ("StructMetadata.0", structure(grid, tile, EDGE / cells, layers)),
        ("CoreMetadata.0", core(tile)),
    ]:
        file.attr(name).set(SDC.CHAR8, text)
    references = []
    for name, kind, values, limits, fill, scale in layers:
        layer = file.create(name, kind, (ROWS, COLUMNS))
        layer.dim(0).setname(f"YDim:{grid}")
        layer.dim(1).setname(f"XDim:{grid}")
        layer.attr("long_name").set(SDC.CHAR8, name)
        layer.attr("valid_range").set(kind, list(limits))
        if fill is not None:
            layer.attr("_FillValue").set(kind, fill)
        if scale is not None:
            layer.attr("scale_factor").set(SDC.FLOAT64, scale)
            layer.attr("add_offset").set(SDC.FLOAT64, 0.0)
        kinds = {INT8: "int8", UINT8: "uint8", INT16: "int16", UINT16: "uint16"}
        layer[:] = numpy.array(values).astype(kinds[kind]).reshape(ROWS, COLUMNS)
        references.append(layer.ref())
        layer.endaccess()
    file.end()
    # What HDF-EOS finds grids and fields by.
    file = HDF(path, HC.WRITE)
    groups = V(file)
    whole = groups.attach(-1, 1)
    whole._name, whole._class = grid, "GRID"
    for name in ["Data Fields", "Grid Attributes"]:
        part = groups.attach(-1, 1)
        part._name, part._class = name, "GRID Vgroup"
        if name == "Data Fields":
            for reference in references:
                part.add(HC.DFTAG_NDG, reference)
        whole.insert(part)
        part.detach()
    whole.detach()
    groups.end()
    file.close()


def vegetation(path, grid, title, cells, scale=10000.0, fill=-3000, tile=(22, 8), days=True):
    layers = [
        (f"{title} NDVI", INT16, NDVI, (-2000, 10000), fill, scale),
        (f"{title} VI Quality", UINT16, QUALITY, (0, 65534), 65535, None),
        (f"{title} composite day of the year", INT16, DAYS, (1, 366), -1, None),
        (f"{title} pixel reliability", INT8, RELIABILITY, (0, 3), -1, None),
    ]
    # A month has no day of its own.
    write(path, grid, tile, cells, [layer for layer in layers if days or "day of" not in layer[0]])


def main():
    stamp = "A2024353.h22v08.061.2025005025031.hdf"
    fine = ("MODIS_Grid_16DAY_250m_500m_VI", "250m 16 days")
    vegetation(f"MOD13Q1.{stamp}", *fine, 4800)
    vegetation(f"MOD13A1.{stamp}", "MODIS_Grid_16DAY_500m_VI", "500m 16 days", 2400)
    vegetation(
        f"MOD13A3.{stamp}".replace("353", "336"), "MOD_Grid_monthly_1km_VI", "1 km monthly", 1200,
        days=False)
    # What must not be taken for the product.
    vegetation("wrong_scale.hdf", *fine, 4800, scale=0.0001)
    vegetation("wrong_fill.hdf", *fine, 4800, fill=-28672)
    vegetation("wrong_cells.hdf", *fine, 2400)
    vegetation("wrong_tile.hdf", *fine, 4800, tile=(21, 8))
    lst = [
        (f"LST_{time}_1km", UINT16, LST, (7500, 65535), 0, 0.02) for time in ["Day", "Night"]
    ] + [(f"QC_{time}", UINT8, QC, (0, 255), None, None) for time in ["Day", "Night"]]
    write("MOD11A2.A2024361.h22v08.061.2025006052437.hdf", "MODIS_Grid_8Day_1km_LST", (22, 8), 1200, lst)


main()
