"""Words the world knows (names, places), made at run time from packages that keep them."""
