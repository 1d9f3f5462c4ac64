"""What is shown: figures, map layers and pages. Reads only."""
