// One chat on the page: its messages, what is pinned, and its composer.

import { Composer } from "/static/composer.js";
import { bubble, dressAvatar, element, firstLine, initials } from "/static/messages.js";

const GAP = 5 * 60 * 1000; // milliseconds within which messages of one person stand together
const ANSWER = 3000; // milliseconds within which a new message is the answer to a press
const $ = (selector) => document.querySelector(selector);

export class Pane {
  constructor(kind, office) {
    this.kind = kind;
    this.office = office;
    this.box = $("#pane").content.firstElementChild.cloneNode(true);
    this.box.id = `pane-${kind}`;
    this.box.dataset.testid = `pane-${kind}`;
    this.box.setAttribute("aria-labelledby", `title-${kind}`);
    this.part = (name) => this.box.querySelector(`.${name}`);
    this.log = this.part("log");
    this.part("pane-title").id = `title-${kind}`;
    this.log.setAttribute("aria-labelledby", `title-${kind}`);
    this.part("empty-start").dataset.testid = `start-${kind}`;
    this.part("pinned").dataset.testid = `pinned-${kind}`;
    this.part("empty-start").addEventListener("click", () => office.start(""));
    this.part("jump").addEventListener("click", () => this.toEnd());
    this.following = true;
    this.awaited = 0; // until when what comes answers a press, and is to be seen
    this.top = 0;
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.log.addEventListener("load", () => this.following && this.toEnd(), true); // a picture takes its room
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.log);
    $("#panes").append(this.box);
    this.composer = new Composer(this.box, kind, office);
  }

  get messages() {
    return this.office.messages[this.office.chatOf(this.kind)];
  }

  become() {
    const { me, title, personas } = this.office;
    const group = this.kind === "group";
    this.part("pane-title").textContent = group ? title : "Giao Ban";
    this.part("pane-subtitle").textContent = group
      ? `${personas.length} người và Giao Ban`
      : `Chat riêng của ${me.name}`;
    dressAvatar(this.part("pane-head .avatar"), null, this.office);
    if (group) Object.assign(this.part("avatar"), { className: "avatar tone-group", textContent: initials(title) });
    this.composer.become(me);
    this.typing(false);
    this.showAll();
  }

  showAll() {
    this.log.setAttribute("aria-live", "off");
    this.log.replaceChildren();
    for (const message of this.messages) this.append(message);
    this.showPinned();
    this.showEmptiness();
    this.toEnd();
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  add(message) {
    const following = this.following || message.from === this.office.me.id || Date.now() < this.awaited;
    if (!message.from) this.typing(false);
    this.append(message).classList.add("fresh");
    this.showEmptiness();
    if (following) this.toEnd();
    else this.part("jump").hidden = false;
  }

  append(message) {
    const before = this.log.lastElementChild;
    const day = this.office.day(message.at);
    const row = bubble(message, this.office, this.office.me);
    if (before?.dataset.day !== day) this.log.append(element("div", "day", day));
    row.dataset.day = day;
    row.classList.toggle("follows", this.follows(before, row));
    this.log.append(row);
    return row;
  }

  follows(before, row) {
    const same = before?.dataset.from === row.dataset.from && before.dataset.day === row.dataset.day;
    return same && new Date(row.dataset.at) - new Date(before.dataset.at) < GAP;
  }

  row(id) {
    return this.log.querySelector(`[data-message="${CSS.escape(id)}"]`);
  }

  change(message) {
    const row = this.row(message.id);
    const following = this.following;
    if (row) {
      const anew = bubble(message, this.office, this.office.me);
      anew.dataset.day = row.dataset.day;
      anew.classList.toggle("follows", row.classList.contains("follows"));
      anew.classList.add("changed");
      row.replaceWith(anew);
    }
    this.showPinned();
    if (following) this.toEnd();
  }

  remove(id) {
    const row = this.row(id);
    const next = row?.nextElementSibling;
    const before = row?.previousElementSibling;
    row?.remove();
    if (next?.dataset.message) next.classList.toggle("follows", Boolean(before) && this.follows(before, next));
    if (before?.classList.contains("day") && !next?.dataset.message) before.remove();
    this.composer.forget(id);
    this.showPinned();
    this.showEmptiness();
  }

  showPinned() {
    const pinned = this.messages.findLast((each) => each.pinned);
    this.part("pinned").hidden = !pinned;
    if (!pinned) return;
    this.part("pinned-text").textContent = firstLine(pinned);
    this.part("pinned").onclick = () => this.flash(pinned.id);
  }

  showEmptiness() {
    const { me } = this.office;
    const empty = this.messages.length === 0;
    const unopened = this.kind === "private" && !me.started;
    this.part("empty").hidden = !empty;
    this.part("empty-start").hidden = !unopened;
    this.part("empty-text").textContent =
      this.kind === "group"
        ? "Chưa có tin nào. Gõ / để xem Giao Ban làm được gì."
        : unopened
          ? `${me.name} chưa mở chat riêng với Giao Ban, nên bot chưa nhắn riêng được.`
          : "Chưa có tin nào. Việc được giao và lời nhắc sẽ đến đây.";
  }

  typing(is) {
    clearTimeout(this.typed);
    this.part("typing").hidden = !is;
    if (is) this.typed = setTimeout(() => this.typing(false), 4000);
  }

  flash(id) {
    const row = this.row(id);
    if (!row) return false;
    row.scrollIntoView({ block: "center", behavior: "smooth" });
    row.classList.remove("flash");
    requestAnimationFrame(() => row.classList.add("flash"));
    return true;
  }

  expectAnswer() {
    this.awaited = Date.now() + ANSWER;
  }

  callAttention() {
    this.box.classList.remove("called");
    requestAnimationFrame(() => this.box.classList.add("called"));
  }

  scrolled() {
    const up = this.log.scrollTop < this.top;
    this.top = this.log.scrollTop;
    if (this.atEnd()) this.following = true;
    else if (up) this.following = false;
    if (this.following) this.part("jump").hidden = true;
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  toEnd() {
    this.following = true;
    this.part("jump").hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
  }
}
