from hypothesis import settings

# A machine that is busy is no failure.
settings.register_profile("documents", deadline=None)
settings.load_profile("documents")
