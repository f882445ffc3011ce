"""Formats in which the knowledge leaves: one file a format, each with `MEDIA_TYPE`, `SUFFIX` and `export(reader, domain) -> str`.

The file's name, with `_` for what the standard library already calls itself, is the format's name (`json_` is `json`).
"""
