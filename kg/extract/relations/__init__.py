"""What a passage says of two named things: parts of programmes, reports given, honours, agreements, groups."""
