"""The gazetteer: known names, the words in which they are found, and the candidates they give."""
