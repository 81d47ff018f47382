"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  root.classList.add("script");

  const findings = all("[data-filtered]");
  const form = document.querySelector("form.filters");
  const output = form && form.querySelector("output");

  // Text in which the reader may search: of the language that is shown, and what has no language.
  const words = new Map();
  const read = () => {
    const other = root.lang === "en" ? "ja" : "en";
    for (const finding of findings) {
      const copy = finding.cloneNode(true);
      all(`[lang=${other}]`, copy).forEach((span) => span.remove());
      words.set(finding, copy.textContent.normalize("NFKC").toLowerCase());
    }
  };

  const filter = () => {
    if (!form) return;
    const asked = form.querySelector("input").value.normalize("NFKC").toLowerCase();
    const terms = asked.split(/\s+/).filter(Boolean);
    const chosen = all("select", form).filter((select) => select.value);
    let count = 0;
    for (const finding of findings) {
      const fits = chosen.every(({ dataset, value }) => {
        const held = finding.dataset[dataset.filter];
        return ["principle", "category"].includes(dataset.filter) ? held.split(" ").includes(value) : held === value;
      });
      const shown = fits && terms.every((term) => words.get(finding).includes(term));
      finding.hidden = !shown;
      count += shown;
    }
    document.getElementById("no-match").hidden = count > 0;
    output.textContent = output.dataset[root.lang]
      .replace("{0}", count).replace("{1}", findings.length);
  };

  const clear = () => {
    form.reset();
    filter();
  };

  const speak = (lang) => {
    root.lang = lang;
    for (const element of all("[data-en][data-ja]")) {
      const text = element.dataset[lang];
      if (element.matches("option, title, desc")) element.textContent = text;
      else if (element !== output) element.setAttribute("aria-label", text);
    }
    all(".languages button").forEach((button) =>
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang)));
    // Pages of one site hand the language on to each other in their address.
    all("a[data-page]").forEach((link) => { link.search = `?lang=${lang}`; });
    read();
    filter();
  };

  all(".languages button").forEach((button) =>
    button.addEventListener("click", () => speak(button.dataset.lang)));

  if (form) {
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    all("[type=reset]", form).forEach((button) => button.addEventListener("click", (event) => {
      event.preventDefault();
      clear();
    }));
    const expand = document.getElementById("expand");
    if (expand) expand.addEventListener("click", () => {
      const open = expand.getAttribute("aria-pressed") !== "true";
      expand.setAttribute("aria-pressed", String(open));
      all("article.finding details").forEach((details) => { details.open = open; });
    });
  }

  // A link to a finding or dataset shows it, whatever is filtered or closed.
  const follow = () => {
    let aim = null;
    try { aim = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    if (!aim) return;
    if (aim.hidden) clear();
    for (let at = aim; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    aim.scrollIntoView();
  };
  addEventListener("hashchange", follow);

  // On paper nothing can be opened.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));

  const asked = new URLSearchParams(location.search).get("lang");
  if (["en", "ja"].includes(asked) && asked !== root.lang) speak(asked);
  else read();
  follow();
})();
