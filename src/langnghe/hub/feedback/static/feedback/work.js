/* A proof of work: finds a number so that SHA-256 of "key:number" begins with as many zero bits as the page asks for, then sends the
   form. It is loaded only when very many people write at once; without it the page says how long to wait. FIPS 180-4. */
"use strict";
(() => {
  const note = document.getElementById("waiting");
  const form = note && note.closest("form");
  if (!form) return;
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const part = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  const K = Int32Array.from(primes, (p) => part(Math.cbrt(p)));
  const START = Int32Array.from(primes.slice(0, 8), (p) => part(Math.sqrt(p)));
  const W = new Int32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));

  function head(text) { // the first 32 bits of the hash of a text of at most 55 ASCII letters
    W.fill(0);
    for (let i = 0; i < text.length; i++) W[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    W[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    W[15] = text.length * 8;
    for (let i = 16; i < 64; i++) {
      const a = W[i - 15], b = W[i - 2];
      W[i] = (W[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + W[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
    }
    let [a, b, c, d, e, f, g, h] = START;
    for (let i = 0; i < 64; i++) {
      const x = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const y = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + x) | 0; d = c; c = b; b = a; a = (x + y) | 0;
    }
    return (START[0] + a) >>> 0;
  }

  const bits = Number(note.dataset.bits), key = note.dataset.key;
  let number = 0;
  note.textContent = note.dataset.working;
  (function step() {
    for (const end = number + 5000; number < end; number++) {
      if (head(key + ":" + number) >>> (32 - bits) === 0) {
        form.elements.work.value = String(number);
        const send = document.createElement("input");
        send.type = "hidden"; send.name = "go"; send.value = "send";
        if (!form.elements.go || form.elements.go.type !== "hidden") form.append(send);
        form.submit();
        return;
      }
    }
    setTimeout(step, 0);
  })();
})();
