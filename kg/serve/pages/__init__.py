"""The pages: each module answers some addresses, by calling worker processes and filling a template.

``render`` holds what they share: language, templates, headers. A page works without JavaScript.
"""
