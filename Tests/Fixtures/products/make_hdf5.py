"""Writes HDF5 and NetCDF4 files with the documented layout of products.

VNP13A1 and VNP13A3 v002 (Didan and others, VIIRS vegetation index product
suite user guide), NOAA STAR VHP (user guide version 2.0) and Copernicus NDVI
1 km version 3: names, types, scale, fill and valid range of their layers. The
grids of VNP13 and VHP are whole, since their files do not say where they lie;
all but the upper left cells is fill that takes no space. Values are invented.

    python3 make_hdf5.py

Needs numpy, h5py and netCDF4.
"""
import h5py
import netCDF4
import numpy

NDVI = [3000, -10000, 10000, 4500, -15000, -13000, 10001, 7]
RELIABILITY = [0, 3, 2, 9, -1, -4, 0, 4]
QUALITY = [1 << 11, 1 << 11 | 3 << 6, 1 << 11 | 1, 2, 65535, 65535, 1 << 11, 1 << 11]


def vegetation(path, grid, title, cells, scale=0.0001, fill=(-15000, -13000)):
    with h5py.File(path, "w", libver=("earliest", "v108")) as file:
        fields = file.create_group(f"HDFEOS/GRIDS/{grid}/Data Fields")
        for name, kind, values, empty, limits in [
            ("NDVI", "i2", NDVI, fill, (-10000, 10000)),
            ("VI Quality", "u2", QUALITY, (65535,), (0, 65534)),
            ("pixel reliability", "i1", RELIABILITY, (-4, -1), (0, 11)),
            ("composite day of the year", "i2", [353] * 8, (-1,), (1, 366)),
        ]:
            layer = fields.create_dataset(
                f"{title} {name}", (cells, cells), kind, chunks=(240, 240), compression="gzip",
                fillvalue=empty[-1])
            layer[:2, :4] = numpy.array(values, kind).reshape(2, 4)
            layer.attrs["_FillValue"] = numpy.array(empty, kind)
            layer.attrs["valid_range"] = numpy.array(limits, kind)
            if name == "NDVI":
                layer.attrs["scale_factor"] = numpy.array([scale])
                layer.attrs["add_offset"] = numpy.array([0.0])
        file.create_group("HDFEOS INFORMATION").create_dataset(
            "StructMetadata.0", data=f'GridName="{grid}"\nXDim={cells}\nYDim={cells}\n')


def health(path, layers, rows=3616, columns=10000, fill=-999.0):
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("HEIGHT", rows)
        file.createDimension("WIDTH", columns)
        for name, values, limits in layers:
            layer = file.createVariable(
                name, "f4", ("HEIGHT", "WIDTH"), zlib=True, chunksizes=(226, 250), fill_value=fill)
            layer.valid_range = numpy.array(limits, "f4")
            layer.scale_factor = numpy.float32(1)
            layer.add_offset = numpy.float32(0)
            layer.set_auto_maskandscale(False)
            layer[:2, :3] = numpy.array(values, "f4").reshape(2, 3)


def copernicus(path, scale=1 / 250, cells=112):
    with netCDF4.Dataset(path, "w") as file:
        file.Conventions = "CF-1.6"
        for name, count, first, step in [("lat", 2, 2, -1), ("lon", 3, 40, 1)]:
            file.createDimension(name, count)
            axis = file.createVariable(name, "f8", (name,))
            axis.standard_name = {"lat": "latitude", "lon": "longitude"}[name]
            axis.units = {"lat": "degrees_north", "lon": "degrees_east"}[name]
            axis[:] = first + step * (numpy.arange(count) + 0.5) / cells
        crs = file.createVariable("crs", "i4")
        crs.grid_mapping_name = "latitude_longitude"
        crs.semi_major_axis = 6378137.0
        crs.inverse_flattening = 298.257223563
        for name, values in [("NDVI", [0, 250, 254, 255, 145, 20]), ("QFLAG", [1, 1, 2, 255, 1, 1])]:
            layer = file.createVariable(name, "u1", ("lat", "lon"), zlib=True, fill_value=255)
            layer.grid_mapping = "crs"
            layer.set_auto_maskandscale(False)
            if name == "NDVI":
                layer.scale_factor = numpy.float32(scale)
                layer.add_offset = numpy.float32(-0.08)
                layer.valid_range = numpy.array([0, 250], "u1")
            layer[:] = numpy.array(values, "u1").reshape(2, 3)


def main():
    stamp = "A2024353.h22v08.002.2025013090544.h5"
    vegetation(f"VNP13A1.{stamp}", "VIIRS_Grid_16Day_VI_500m", "500 m 16 days", 2400)
    vegetation(f"VNP13A3.{stamp}".replace("353", "336"), "VIIRS_Grid_monthly_VI_1km", "1 km monthly", 1200)
    vegetation("wrong_scale.h5", "VIIRS_Grid_16Day_VI_500m", "500 m 16 days", 2400, scale=10000.0)
    vegetation("wrong_fill.h5", "VIIRS_Grid_16Day_VI_500m", "500 m 16 days", 2400, fill=(-3000,))
    condition = [0, 100, -999, 35.5, 101, 7]
    health("VHP.G04.C07.j01.P2024052.VH.nc", [
        (name, condition, (0, 100)) for name in ["VCI", "TCI", "VHI"]])
    health("VHP.G04.C07.j01.P2024052.SM.nc", [
        ("SMN", [-0.2, 0.8, -999, 0.35, 1.5, 0], (-1, 1)),
        ("SMT", [288, 301.5, -999, 310, 149, 401], (150, 400))])
    copernicus("c_gls_NDVI_202006110000_GLOBE_PROBAV_V3.0.1.nc")
    copernicus("wrong_scale.nc", scale=0.5)
    copernicus("wrong_cells.nc", cells=336)


main()
