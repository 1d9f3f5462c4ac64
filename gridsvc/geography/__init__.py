"""Areas, blocks, doors, and the nets of grids laid over them."""
