"""People as tables that offices exchange: Excel in with a preview and errors by cell, and out again."""
