"""Activities: one mechanism for every event: agenda, sign-up, attendance, hours, and goods signed for."""
