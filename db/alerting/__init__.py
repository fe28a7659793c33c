"""Alerts: whom they are about, who may read them, and by which delays they go up."""
