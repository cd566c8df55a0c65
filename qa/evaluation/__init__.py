"""Measuring answers: questions with known answers are asked, and what comes back is compared with them."""
