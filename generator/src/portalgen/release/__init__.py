"""Releases: versions, changelogs, bounds and tags."""
