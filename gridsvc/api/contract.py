"""Writes the description of the API to a file: `python -m gridsvc.api.contract FILE`. No database is asked."""

import json
import sys
from pathlib import Path

from gridsvc.api.app import create_app
from gridsvc.infra.settings import Settings

# The application is only described; nothing connects to this.
NOWHERE = "postgresql://nobody@localhost/nowhere"


def contract() -> str:
    """The description as text, the same for the same routes whatever the settings of this machine."""
    app = create_app(Settings.model_construct(database_url=NOWHERE))
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(contract(), encoding="utf-8")
