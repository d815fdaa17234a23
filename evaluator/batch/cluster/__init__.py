"""A batch on a Ray cluster (extra ``ray``): the same candidates, rows of Parquet instead of a run folder.

``run`` holds the job, ``candidates`` what each worker does, ``share`` what all workers keep to together,
``rows`` the Parquet files, ``record`` the record of use beside them.
"""
