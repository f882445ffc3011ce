"""What two or more things are set against: rows of differences, what they share, what each is fit for."""
