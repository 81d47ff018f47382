"""Pictures."""
NAME = "pictures"
