"""Speed: the command and its stages in CPU seconds and memory, beside a peer and one bare pass over the same file.

Run from the root of the repository::

    python -m bench.generate 10k 100k       # files with planted copies, in out/bench/
    python -m bench.report 10k 100k         # the command, per stage, beside the bare pass
    python -m bench.copies 100k             # copies: ours, rensa, datasketch
    python -m bench.words 10k 100k 1M       # the steps up to phrases: ours, underthesea, pyvi

Everything is made from the texts in ``$LANGNGHE_DATA`` (else ``../shared/data``); without them it says 'skipped'.
"""

import os
import tempfile

# what is measured is no publication: nothing is kept of it, and nothing that was published before plays a part
os.environ.setdefault("LANGNGHE_LEDGER", tempfile.mkdtemp(prefix="langnghe-ledger-"))
