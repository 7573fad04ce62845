"""Out of the program and into it: paper, pages, files of other programs."""
