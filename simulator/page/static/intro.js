// The parts of the header that open and close.

import { role } from "./dom.js";

const NARROW = "(max-width: 760px)";
const SEEN = "piket-intro-seen";

/** The two sentences for a stranger, until they say they understood. */
export function showIntro() {
  const intro = role("intro");
  intro.hidden = remembered();
  intro.querySelector("button").addEventListener("click", () => {
    intro.hidden = true;
    remember();
  });
}

// Storage is refused in some private windows; then the sentences simply come back.
function remembered() {
  try {
    return localStorage.getItem(SEEN) === "1";
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(SEEN, "1");
  } catch {
    // nothing to keep it in
  }
}

/** On a narrow screen the clock's controls stay folded until the clock is tapped. */
export function showTimeControls() {
  const button = document.querySelector(".clock-toggle");
  const controls = document.getElementById("time-controls");
  const show = (isShown) => {
    controls.hidden = !isShown;
    button.setAttribute("aria-expanded", String(isShown));
  };
  button.addEventListener("click", () => show(controls.hidden));
  show(!window.matchMedia(NARROW).matches);
}
