"""Which visits count: the one condition that every figure uses, as known now or as known at an earlier moment."""

# Corrected visits, and those a person judged not to count, are void from a moment on. As known at an earlier moment is
# what had been received by then and was not void yet. The table or its alias is called `visit`.
COUNTS = """(
    (CAST(:known_at AS timestamptz) IS NULL AND visit.void_at IS NULL
     OR visit.received_at <= CAST(:known_at AS timestamptz)
        AND (visit.void_at IS NULL OR visit.void_at > CAST(:known_at AS timestamptz)))
    AND visit.result <> 'withdrawn'
)"""
