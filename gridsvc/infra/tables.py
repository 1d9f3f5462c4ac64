"""Tables the features share without knowing each other: answers already given."""

from datetime import datetime

from sqlalchemy import DateTime, Index, LargeBinary, SmallInteger, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base


class Idempotency(Base):
    """The answer given to a create, kept so that the same request gets the same answer again."""

    __tablename__ = "idempotency"
    __table_args__ = (Index("ix_idempotency_created_at", "created_at"),)

    principal: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int] = mapped_column(SmallInteger)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    location: Mapped[str | None] = mapped_column(Text)
    etag: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
