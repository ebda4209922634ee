// How messages look: bubbles, parts, files, buttons. Text always goes in as text, never as markup.

const PICTURE = /\.(png|jpe?g)$/i;

export function element(tag, className = "", text = null) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== null) made.textContent = text;
  return made;
}

export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => word[0] ?? "").join("").toUpperCase();
}

export function givenName(name) {
  return name.trim().split(/\s+/).at(-1);
}

export function avatar(persona, office) {
  const made = element("span", "avatar");
  made.setAttribute("aria-hidden", "true");
  dressAvatar(made, persona, office);
  return made;
}

export function dressAvatar(place, persona, office) {
  const tone = persona ? `tone-${office.personas.indexOf(persona) % 6}` : "tone-bot";
  place.className = `avatar ${tone}`;
  place.textContent = persona ? initials(persona.name) : "";
}

export function textOf(message) {
  const text = message.parts.map((part) => part.text).join("").trim();
  return text || message.file?.name || "";
}

export function firstLine(message) {
  return textOf(message).split("\n", 1)[0];
}

// `office` knows personas, zone and what is done with a message; `me` is the persona who looks.
export function bubble(message, office, me) {
  const mine = message.from === me.id;
  const sender = office.persona(message.from);
  const row = element("article", `message${mine ? " mine" : ""}${message.from ? "" : " bot"}`);
  row.dataset.message = message.id;
  row.dataset.from = message.from ?? "";
  row.dataset.at = message.at;
  row.dataset.testid = "message";
  row.append(avatar(sender, office), body(message, office, sender));
  return row;
}

function body(message, office, sender) {
  const whole = element("div", "message-body");
  const box = element("div", "bubble");
  box.append(element("strong", "sender", sender ? sender.name : "Giao Ban"));
  const quoted = message.reply_to && office.find(message.reply_to);
  if (quoted) box.append(quote(quoted, office));
  if (message.file && PICTURE.test(message.file.name)) box.append(picture(message.file));
  if (message.file) box.append(fileChip(message.file));
  if (message.parts.some((part) => part.text)) box.append(words(message.parts, office));
  box.append(foot(message, office));
  box.addEventListener("click", (click) => {
    const busy = click.target.closest("a, button, code, dialog") || !document.getSelection().isCollapsed;
    if (!busy) office.reply(message);
  });
  whole.append(box);
  if (message.buttons.length) whole.append(buttons(message, office));
  return whole;
}

function quote(quoted, office) {
  const made = element("button", "quote");
  made.type = "button";
  made.append(element("strong", "", office.persona(quoted.from)?.name ?? "Giao Ban"));
  made.append(element("span", "", firstLine(quoted)));
  made.addEventListener("click", () => office.showMessage(quoted.id));
  return made;
}

function words(parts, office) {
  const text = element("div", "text");
  for (const part of parts) text.append(run(part, office));
  return text;
}

function run(part, office) {
  if (part.style === "bold") return element("strong", "", part.text);
  if (part.style === "italic") return element("em", "", part.text);
  if (part.style === "mention") return element("span", "mention", part.text);
  if (part.style === "code") return copyable(part.text, office);
  if (part.style === "link") return link(part.text, part.target, "");
  return document.createTextNode(part.text);
}

function copyable(text, office) {
  const made = element("code", "", text);
  made.tabIndex = 0;
  made.setAttribute("role", "button");
  made.title = "Bấm để sao chép";
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      office.toast("Đã sao chép");
    } catch {
      document.getSelection().selectAllChildren(made);
      office.toast("Đã chọn chữ, nhấn Ctrl+C để sao chép");
    }
  };
  made.addEventListener("click", copy);
  made.addEventListener("keydown", (key) => {
    if (key.key === "Enter" || key.key === " ") {
      key.preventDefault();
      copy();
    }
  });
  return made;
}

function link(text, target, className) {
  const made = element("a", className, text);
  if (/^https?:\/\//.test(target ?? "")) made.href = target;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

// Small in the chat; a press shows it as large as it is. What is no picture after all leaves its chip.
function picture(file) {
  const made = element("button", "picture");
  made.type = "button";
  made.title = "Bấm để xem lớn";
  const shown = element("img");
  shown.alt = file.name;
  shown.src = `/file/${encodeURIComponent(file.id)}`;
  shown.addEventListener("error", () => made.remove());
  made.append(shown);
  made.addEventListener("click", () => enlarge(shown));
  return made;
}

function enlarge(shown) {
  const over = element("dialog", "enlarged");
  const close = element("button", "enlarged-close", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Đóng ảnh");
  over.append(shown.cloneNode(), close);
  over.addEventListener("click", () => over.close());
  over.addEventListener("close", () => over.remove());
  document.body.append(over);
  over.showModal();
}

function fileChip(file) {
  const chip = element("a", "file");
  chip.href = `/file/${encodeURIComponent(file.id)}`;
  chip.download = file.name;
  const ending = file.name.includes(".") ? file.name.split(".").at(-1).slice(0, 4) : "tệp";
  chip.append(element("span", "file-kind", ending));
  const names = element("span", "file-names");
  names.append(element("span", "file-name", file.name), element("small", "", `${size(file.size)} · Tải về`));
  chip.append(names);
  return chip;
}

export function size(bytes) {
  const number = (value) => value.toLocaleString("vi", { maximumFractionDigits: 1 });
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${number(bytes / 1024)} KB` : `${number(bytes / 1048576)} MB`;
}

function foot(message, office) {
  const made = element("span", "foot");
  if (message.secret) made.append(element("span", "secret", "Không chuyển tiếp"));
  if (message.edited) made.append(element("span", "", "đã sửa"));
  const time = element("time", "", office.time(message.at));
  time.dateTime = message.at;
  made.append(time);
  const reply = element("button", "answer");
  reply.type = "button";
  reply.setAttribute("aria-label", "Trả lời tin này");
  reply.title = "Trả lời";
  reply.addEventListener("click", () => office.reply(message));
  made.append(reply);
  return made;
}

function buttons(message, office) {
  const rows = element("div", "buttons");
  for (const row of message.buttons) {
    const line = element("div", "button-row");
    for (const each of row) line.append(each.url ? link(each.label, each.url, "action") : button(each, message, office));
    rows.append(line);
  }
  return rows;
}

function button(each, message, office) {
  const made = element("button", "action", each.label);
  made.type = "button";
  made.addEventListener("click", () => {
    made.classList.add("busy");
    setTimeout(() => made.classList.remove("busy"), 1200);
    if (each.start !== undefined) office.start(each.start);
    else office.press(message, each.action);
  });
  return made;
}
