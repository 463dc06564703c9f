// Small on purpose: the address loses its secrets before the app is loaded or asks the server for anything.
import { takeArrival } from "./browser/arrival";
import { showTheme } from "./browser/preferences";

const arrival = takeArrival();
showTheme();
const app = import("./app");

void app.then(({ start }) => start(arrival), sayMissing);

/** Neither the app nor its catalogues came: what is said then stands in the page itself. */
function sayMissing() {
  const missing = document.getElementById("missing");
  missing?.querySelector("button")?.addEventListener("click", () => window.location.reload());
  missing?.removeAttribute("hidden");
}

// A link that is pasted into an open tab changes the fragment alone and loads nothing.
window.addEventListener("hashchange", () => {
  const later = takeArrival();
  if (later.link !== null) void app.then(({ arriveAgain }) => arriveAgain(later), sayMissing);
});
