// A bubble beside the thing it speaks of, which wears a ring meanwhile.

const GAP_PX = 14;
const EDGE_PX = 10;

/** `set(place)` puts the bubble beside a node; `clear()` takes it away until there is a node again. */
export function createMark(bubble) {
  let marked = null;

  function set(place) {
    if (place !== marked) {
      marked?.classList.remove("is-marked-by-tour");
      place.classList.add("is-marked-by-tour");
      marked = place;
    }
    bubble.hidden = false;
    stand(place.getBoundingClientRect());
  }

  // Beside it where that is the better place; else above or below, never over it.
  function stand(at) {
    const { offsetWidth: width, offsetHeight: height } = bubble;
    const side = sideOf(at, width, height);
    const middle = at.left + at.width / 2;
    const left = { left: at.left - GAP_PX - width, right: at.right + GAP_PX }[side] ?? within(middle - width / 2, window.innerWidth - width);
    const top = { above: at.top - GAP_PX - height, below: at.bottom + GAP_PX, left: at.top, right: window.innerHeight / 3 }[side];
    bubble.style.left = `${left}px`;
    bubble.style.top = `${within(top, window.innerHeight - height)}px`;
    bubble.style.setProperty("--tip", `${middle - left}px`);
    bubble.dataset.side = side;
  }

  function sideOf(at, width, height) {
    if (at.height > window.innerHeight / 2) return "right";
    if (at.left > window.innerWidth * 0.7 && at.left - GAP_PX - width > EDGE_PX) return "left";
    return at.top < Math.max(window.innerHeight / 3, height + GAP_PX + EDGE_PX) ? "below" : "above";
  }

  function clear() {
    marked?.classList.remove("is-marked-by-tour");
    marked = null;
    bubble.hidden = true;
  }

  return { set, clear };
}

const within = (value, most) => Math.max(EDGE_PX, Math.min(value, most - EDGE_PX));
