// Keys of the desk: 1–9, 0 + digit and - + digit choose issues, letters the reaction, x no issue, u takes back, n the note, Enter goes on.
// Without this script the page is a plain form.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-desk]");
  if (!form) return;
  const undo = document.querySelector("form[data-undo] button");
  const note = form.querySelector("[name=note]");
  const none = form.querySelector("[name=none]");
  const issues = [...form.querySelectorAll("[name=issues]")];
  let begun = "";
  let sent = false;

  form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
  form.addEventListener("change", (event) => {
    if (event.target === none && none.checked) issues.forEach((one) => { one.checked = false; });
    if (event.target.name === "issues" && event.target.checked) none.checked = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && !["BUTTON", "A", "SUMMARY"].includes(event.target.tagName)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.target === note) { if (event.key === "Escape") note.blur(); return; }
    if (["INPUT", "SELECT"].includes(event.target.tagName) && event.target.type === "file") return;
    const key = event.key.toLowerCase();
    if (key === "u" && undo && !undo.disabled) { undo.click(); return; }
    if (key === "n") { event.preventDefault(); note.focus(); return; }
    if ((key === "0" || key === "-") && !begun) { begun = key; return; }
    const box = form.querySelector(`[data-key="${CSS.escape(begun + key)}"]`);
    begun = "";
    if (box) { event.preventDefault(); box.click(); }
  });
});
