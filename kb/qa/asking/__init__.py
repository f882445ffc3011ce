"""What a question asks: its kind and terms, the things it sets side by side, what an earlier question supplies."""
