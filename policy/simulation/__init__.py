"""An organisation under its circulars, day by day; and what a draft would change."""
