"""Quality: named tasks on named data, with peers beside us.

``python -m evals`` runs all tasks, ``python -m evals masks`` one.

A task that misses its data or a peer that is not installed is skipped, and said to be. No raw row is ever printed.
"""

import os
import tempfile

# what is measured is no publication: nothing is kept of it, and nothing that was published before plays a part
os.environ.setdefault("LANGNGHE_LEDGER", tempfile.mkdtemp(prefix="langnghe-ledger-"))
