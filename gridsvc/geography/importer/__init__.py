"""Bringing in files: areas, blocks, doors, lines and grids from GeoJSON, GeoPackage and (zipped) Shapefile.

`files` copies what it was given into a folder of its own and lets a bounded child process (`reading`) decode it;
`tables` is what comes back, with coordinates brought to WGS 84; `drafts` makes of it what the use cases take.
"""
