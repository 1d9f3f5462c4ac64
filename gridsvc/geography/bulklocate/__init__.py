"""Locating whole files of points: CSV, Parquet and GeoParquet, read, located and written part by part.

`columns` says where the coordinates are and what is added; `sources` reads parts, `points` makes degrees of them,
`locating` adds the answers, `sinks` writes them, `files` does all of it with the local cores and `cluster` on a Dask
cluster. Memory is bounded by the size of a part, whatever the size of the file. pyarrow is known here only.
"""
