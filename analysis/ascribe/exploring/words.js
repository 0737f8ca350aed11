// The words of a figure, made from texts alone: nothing that an article says becomes markup.
function ascribeWords(card) {
  const make = (tag, name, text, parent) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };
  const box = make("div", "ascribe-words");
  make("p", "said", `${card.stated} — ${card.who}`, box);
  const quote = make("blockquote", null, undefined, box);
  quote.append(card.before);
  make("mark", null, card.number, quote);
  quote.append(card.after);
  const foot = make("p", "about", card.about, box);
  if (/^https?:\/\//.test(card.url)) {
    foot.append(" · ");
    const link = make("a", null, "article", foot);
    link.href = card.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return box;
}
