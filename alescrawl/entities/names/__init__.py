"""Names: institutions, persons and places, by lists and by the words around them."""
