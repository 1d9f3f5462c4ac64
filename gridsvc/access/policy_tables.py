"""Table of the policy profile: what a city has switched on over its workers, open for them to see."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base


class Policy(Base):
    """A line of the profile; what is `never` done cannot be switched on, what is `always` done not off."""

    __tablename__ = "policy"
    __table_args__ = (
        CheckConstraint("kind IN ('never', 'always', 'choice')", name="kind"),
        CheckConstraint("kind = 'choice' OR is_on = (kind = 'always')", name="fixed"),
    )

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    is_on: Mapped[bool]
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    about_zh: Mapped[str] = mapped_column(Text)
    about_en: Mapped[str] = mapped_column(Text)
    place: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str | None] = mapped_column(Text)
    set_by: Mapped[str | None] = mapped_column(Text)
    set_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
