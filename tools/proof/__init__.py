"""The proof of the grading: for every exercise, wrong answers that must lose points and right ones that must not."""
