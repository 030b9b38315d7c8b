// Sends a file in parts, so that a weak network only costs the part that broke off. Without this script the form sends it in one go.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-parts]");
  if (!form || !window.fetch) return;
  const bar = form.querySelector("progress");
  const told = form.querySelector("[role=status]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  async function ask(address, method, body) {
    for (let pause = 1; ; pause = Math.min(pause * 2, 30)) {
      try {
        const answer = await fetch(address, { method, body, headers: { "X-CSRFToken": token } });
        if (answer.status < 500) return answer;
      } catch (broken) { told.textContent = form.dataset.broken; }
      await wait(pause);
    }
  }

  form.addEventListener("submit", async (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    form.querySelector("button").disabled = true;
    const begun = await (await ask(form.dataset.parts, "POST", JSON.stringify({ name: file.name, size: file.size }))).json();
    if (begun.error) { told.textContent = begun.error; form.querySelector("button").disabled = false; return; }
    bar.hidden = false;
    let at = begun.received;
    while (at < file.size) {
      const part = file.slice(at, at + begun.part);
      const answer = await ask(`${form.dataset.parts}/${begun.upload}?from=${at}`, "PUT", part);
      if (!answer.ok) break;
      at = (await answer.json()).received;
      bar.value = at / file.size;
      told.textContent = `${Math.floor((100 * at) / file.size)} %`;
    }
    window.location.reload();
  });
});
