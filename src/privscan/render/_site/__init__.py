"""A static site of one or more reports: an index by risk, and a page for each dataset.

`folder` knows where it may be written and writes it, `pages` makes its pages. Each stands alone and
loads nothing: it opens from disk as from any web server.
"""
