// A chart's picture with places that can be pointed at and clicked.
function ascribeTwin(root) {
  const cards = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const tip = root.querySelector(".tip"), below = root.querySelector(".below");
  let chosen = null;
  const show = (spot) => {
    const box = spot.parentElement.getBoundingClientRect(), at = spot.getBoundingClientRect();
    tip.textContent = spot.getAttribute("aria-label");
    tip.hidden = false;
    const left = Math.min(at.left - box.left + at.width / 2, box.width - tip.offsetWidth / 2 - 4);
    tip.style.left = `${Math.max(left, tip.offsetWidth / 2 + 4)}px`;
    const room = at.top - box.top - tip.offsetHeight - 4;
    tip.style.top = `${room > 0 ? room : at.bottom - box.top + 4}px`;
  };
  const hide = () => { tip.hidden = true; };
  for (const spot of root.querySelectorAll("button.spot")) {
    for (const on of ["mouseenter", "focus"]) spot.addEventListener(on, () => show(spot));
    for (const off of ["mouseleave", "blur"]) spot.addEventListener(off, hide);
    spot.addEventListener("click", () => {
      const again = chosen === spot;
      if (chosen) chosen.setAttribute("aria-pressed", "false");
      below.replaceChildren();
      chosen = again ? null : spot;
      if (again) return;
      spot.setAttribute("aria-pressed", "true");
      for (const id of spot.dataset.ids.split(" ")) if (cards[id]) below.append(ascribeWords(cards[id]));
      below.scrollIntoView({ block: "nearest" });
    });
  }
}
for (const root of document.querySelectorAll(".ascribe-twin:not([data-live])")) {
  root.dataset.live = "yes";
  ascribeTwin(root);
}
