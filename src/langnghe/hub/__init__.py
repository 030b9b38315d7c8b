"""The hub: surveys, a feedback line, studies and hand-coding in the browser. One app per noun; no analysis of its own."""
