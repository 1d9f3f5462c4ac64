"""Property tests without deadlines: a busy machine is not a failure."""

from hypothesis import settings

settings.register_profile("gridsvc", deadline=None)
settings.load_profile("gridsvc")
