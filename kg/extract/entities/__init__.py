"""What a text names: places, bodies, people with posts, firms, parks, industries and schemes, policies, events."""
