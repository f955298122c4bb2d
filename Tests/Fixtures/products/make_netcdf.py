"""Writes a small NetCDF with the documented layout of Copernicus NDVI 300 m.

Technical characteristics of NDVI 300 m, version 2: layers NDVI and QFLAG on a
grid of 1/336 degree whose coordinates are those of cell centres; NDVI =
stored / 250 - 0.08, 254 sea, 255 missing. The real files are NetCDF4; this is
a classic NetCDF, since scipy writes no other, with bytes marked as unsigned.

    python3 make_netcdf.py

Needs scipy.
"""
import numpy
from scipy.io import netcdf_file

NAME = "c_gls_NDVI300_202107010000_GLOBE_OLCI_V2.0.1.nc"
NDVI = [[0, 250, 254], [255, 145, 20]]
QFLAG = [[1, 1, 2], [255, 1, 1]]


def main():
    file = netcdf_file(NAME, "w")
    file.Conventions = "CF-1.6"
    file.title = "Made after the documents of a product; no satellite data"
    cell = 1 / 336
    for name, count, first, step in [("lat", 2, 2 - cell / 2, -cell), ("lon", 3, 40 + cell / 2, cell)]:
        file.createDimension(name, count)
        axis = file.createVariable(name, "d", (name,))
        axis.standard_name = {"lat": "latitude", "lon": "longitude"}[name]
        axis.units = {"lat": "degrees_north", "lon": "degrees_east"}[name]
        axis[:] = first + step * numpy.arange(count)
    crs = file.createVariable("crs", "i", ())
    crs.grid_mapping_name = "latitude_longitude"
    crs.semi_major_axis = 6378137.0
    crs.inverse_flattening = 298.257223563
    crs.longitude_of_prime_meridian = 0.0
    for name, values in [("NDVI", NDVI), ("QFLAG", QFLAG)]:
        layer = file.createVariable(name, "b", ("lat", "lon"))
        layer.grid_mapping = "crs"
        setattr(layer, "_Unsigned", "true")
        setattr(layer, "_FillValue", numpy.int8(-1))
        if name == "NDVI":
            layer.scale_factor = numpy.float32(1 / 250)
            layer.add_offset = numpy.float32(-0.08)
        layer[:] = numpy.array(values, "u1").view("i1")
    file.close()


main()
