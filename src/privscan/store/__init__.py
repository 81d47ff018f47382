"""Evidence kept between runs."""
