"""Numbers: the grammar of quantities, which indicator each tells of, and whether as a target or an outcome."""
