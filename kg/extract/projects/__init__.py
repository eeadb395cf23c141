"""Works: named projects and the stage the text tells of each."""
