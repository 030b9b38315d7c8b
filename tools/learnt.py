"""Learn anew what the code-book labour-vi and the starter set teach, and write it into src/langnghe/vi/learnt.

    python tools/learnt.py

Run it after a change of the code-book's phrases, the starter set or the learner, and commit both together.
"""

from __future__ import annotations

from langnghe.issues.codebook import read_codebook
from langnghe.issues.codes import issues_course, reactions_course
from langnghe.issues.shipped import save_shipped


def main() -> None:
    """Write the arrays, and how large they are."""
    book = read_codebook("labour-vi")
    for course in (issues_course(book.issues, None, 0), reactions_course(book.reactions, None, 0)):
        path = save_shipped(course.name, course.made_of, course.learnt())
        print(f"{path.name} ({path.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
