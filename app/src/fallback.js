// What stays when the program of the page cannot take it over, because an extension or a
// translator has changed the page: plain links and forms, and not a word about it.
(() => {
  const page = document.documentElement;
  let at = null;
  const give = () => {
    if (at !== null) return;
    at = location.pathname + location.search;
    if (!page.dataset.dead) page.dataset.dead = page.hasAttribute("data-live") ? "late" : "early";
    page.removeAttribute("data-live");
    for (const file of document.querySelectorAll("input[type=file]:not([name])")) file.name = "file";
    for (const held of document.querySelectorAll("button:disabled, fieldset:disabled")) held.disabled = false;
  };
  const fallen = (error, event) => {
    if (typeof WebAssembly === "undefined" || !(error instanceof WebAssembly.RuntimeError)) return;
    give();
    if (page.dataset.dead === "early") event.preventDefault();
  };
  addEventListener("error", (event) => fallen(event.error, event));
  addEventListener("unhandledrejection", (event) => fallen(event.reason, event));
  const kinds = ["click", "submit", "input", "change", "keydown", "paste", "dragover", "drop", "popstate"];
  for (const kind of kinds) {
    addEventListener(kind, (event) => {
      if (!page.dataset.dead) return;
      // Nobody of the dead program hears of it; the browser does what it does by itself.
      event.stopImmediatePropagation();
      if (kind === "popstate" && at !== null && location.pathname + location.search !== at) location.reload();
    }, true);
  }
  // After Back a choice shows what the address says.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[role=search]")) form.reset();
  });
})();
