"""Which sentences answer: looked up, ranked by how they meet the terms of the question, and judged."""
