"""The gate's verdict in each format; one file is one format."""
