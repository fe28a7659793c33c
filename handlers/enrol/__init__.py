"""Enrolment: a stranger reads the privacy notice and proves who they are; the chat then belongs to that person."""
