// The colours are those chosen on the site, where Material keeps the choice, or the system's; Swagger UI has a set for `dark-mode`.
const system = matchMedia("(prefers-color-scheme: dark)");

const chosen = () => {
  try {
    const { media, scheme } = JSON.parse(localStorage.getItem(new URL("../.__palette", location).pathname)).color;
    return media === "(prefers-color-scheme)" ? undefined : scheme;
  } catch { // nothing was chosen, or nothing may be kept
    return undefined;
  }
};
const paint = () => {
  const scheme = chosen() ?? (system.matches ? "slate" : "default");
  document.documentElement.classList.toggle("dark-mode", scheme === "slate");
};
system.addEventListener("change", paint);
paint();
