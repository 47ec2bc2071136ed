"""The staff pages: hand-offs to take up, conversations to review."""

from channels.staff.blueprint import create_staff_blueprint

__all__ = ["create_staff_blueprint"]
