"""Yes or no: what is proposed, what a clause says to that, and which clause decides."""
