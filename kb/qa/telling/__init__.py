"""How an answer is put together: extracts, lists, definitions, measurements, and the numbered quotes under them."""
