// The office on one page: six people, the group, each one's private chat, and a clock that can be turned.

import { avatar, element, givenName, textOf } from "/static/messages.js";
import { Pane } from "/static/pane.js";
import { Tour } from "/static/tour.js";

const KINDS = ["group", "private"];
const REASONS = {
  clock: "Đồng hồ chỉ đi tới, mỗi lần nhiều nhất một năm.",
  gone: "Nút này không còn dùng được.",
  closed: "Bot đang dừng, chưa nhận được tin.",
  frame: "Tin này dài quá hoặc không đúng dạng.",
  failed: "Có lỗi, chưa làm được. Vui lòng thử lại.",
  file: "Chưa gửi được tệp. Tệp nặng nhất là 50 MB.",
};
const $ = (selector) => document.querySelector(selector);
const narrow = matchMedia("(max-width: 700px)");

class Office {
  constructor() {
    this.personas = [];
    this.messages = {};
    this.unread = new Set();
    this.groupUnread = false;
    this.tab = "group";
    this.panes = Object.fromEntries(KINDS.map((kind) => [kind, new Pane(kind, this)]));
    this.tour = new Tour($("#tour"), this);
    for (const kind of KINDS) $(`#tab-${kind}`).addEventListener("click", () => this.show(kind));
    $("[data-testid=plain]").addEventListener("change", (event) => this.tell({ type: "plain", on: event.target.checked }));
    for (const each of document.querySelectorAll("[data-to]"))
      each.addEventListener("click", () => this.turn(each.dataset.to));
    narrow.addEventListener("change", () => this.show(this.tab));
    setInterval(() => this.tick(), 1000);
    this.connect();
  }

  // the line to the server

  connect() {
    this.socket = new WebSocket(`ws://${location.host}/ws`);
    this.socket.addEventListener("message", (frame) => {
      const news = JSON.parse(frame.data);
      this[`on_${news.type}`]?.(news);
    });
    this.socket.addEventListener("close", () => {
      $("#lost").hidden = false;
      this.turning(false);
      setTimeout(() => this.connect(), 1500);
    });
  }

  tell(frame) {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  on_state(state) {
    $("#lost").hidden = true;
    Object.assign(this, { personas: state.personas, messages: state.messages, menu: state.commands });
    this.bot = state.bot;
    this.title = state.chats.find((chat) => !chat.private).title;
    for (const each of document.querySelectorAll("[data-text]"))
      each.textContent = state.texts[each.dataset.text] ?? each.textContent;
    this.zone = state.zone;
    this.on_clock({ now: state.clock });
    this.on_plain({ on: state.plain });
    this.showPersonas();
    this.become(sessionStorage.getItem("giaoban-persona") ?? this.personas[0].id);
    this.tour.begin(state.tour);
  }

  on_message({ chat, message }) {
    this.messages[chat].push(message);
    if (!message.from) this.tour.heard(textOf(message));
    const kind = this.kindOf(chat);
    if (kind) this.panes[kind].add(message);
    if (kind && message.wants_reply && this.asksMe(kind, message)) this.panes[kind].composer.answer(message);
    this.noteUnread(chat, message);
  }

  on_edit({ chat, message }) {
    const standing = this.messages[chat];
    const index = standing.findIndex((each) => each.id === message.id);
    if (index < 0) return;
    standing[index] = message;
    if (!message.from) this.tour.heard(textOf(message));
    const kind = this.kindOf(chat);
    if (kind) this.panes[kind].change(message);
  }

  on_delete({ chat, message }) {
    this.messages[chat] = this.messages[chat].filter((each) => each.id !== message);
    const kind = this.kindOf(chat);
    if (kind) this.panes[kind].remove(message);
  }

  on_started({ persona }) {
    this.persona(persona).started = true;
    this.panes.private.showEmptiness();
  }

  on_commands({ commands }) {
    this.menu = commands;
  }

  on_plain({ on }) {
    $("[data-testid=plain]").checked = on;
  }

  on_clock({ now }) {
    this.ahead = new Date(now) - Date.now();
    this.turning(false);
    this.tick();
  }

  on_typing({ chat }) {
    const kind = this.kindOf(chat);
    if (kind) this.panes[kind].typing(true);
  }

  on_toast({ persona, text }) {
    if (text) this.toast(text, this.persona(persona));
  }

  on_error({ reason }) {
    this.turning(false);
    this.toast(REASONS[reason] ?? REASONS.failed);
  }

  // who one is

  become(id) {
    this.me = this.persona(id) ?? this.personas[0];
    sessionStorage.setItem("giaoban-persona", this.me.id);
    for (const kind of KINDS) this.panes[kind].become();
    this.show(this.tab);
  }

  show(kind) {
    this.tab = kind;
    document.body.dataset.tab = kind;
    for (const each of KINDS) $(`#tab-${each}`).setAttribute("aria-selected", String(each === kind));
    this.panes[kind].toEnd();
    if (this.me) this.seen();
  }

  visible(kind) {
    return !narrow.matches || this.tab === kind;
  }

  seen() {
    if (this.visible("private")) this.unread.delete(this.me.id);
    if (this.visible("group")) this.groupUnread = false;
    this.showUnread();
  }

  noteUnread(chat, message) {
    const kind = this.kindOf(chat);
    if (message.from || (kind && this.visible(kind))) return;
    if (chat === "group") this.groupUnread = true;
    else this.unread.add(chat);
    this.showUnread();
  }

  showPersonas() {
    $("#personas").replaceChildren(...this.personas.map((persona) => this.personaButton(persona)));
  }

  personaButton(persona) {
    const made = element("button", "persona");
    made.type = "button";
    made.dataset.testid = `persona-${persona.id}`;
    made.dataset.persona = persona.id;
    const names = element("span", "persona-names");
    names.append(element("span", "persona-name", persona.name), element("span", "persona-given", givenName(persona.name)));
    names.append(element("small", "persona-role", persona.role));
    made.append(avatar(persona, this), names, element("span", "dot"));
    made.addEventListener("click", () => this.become(persona.id));
    return made;
  }

  showUnread() {
    for (const each of document.querySelectorAll(".persona")) {
      const persona = this.persona(each.dataset.persona);
      const unread = this.unread.has(persona.id);
      each.classList.toggle("unread", unread);
      each.setAttribute("aria-pressed", String(persona === this.me));
      each.setAttribute("aria-label", `${persona.name}, ${persona.role}${unread ? ", có tin chưa đọc" : ""}`);
    }
    $("#tab-group").classList.toggle("unread", this.groupUnread);
    $("#tab-private").classList.toggle("unread", this.unread.has(this.me.id));
  }

  // the clock

  tick() {
    if (this.zone === undefined) return;
    const now = new Date(Date.now() + this.ahead);
    const face = $("[data-testid=clock]");
    const said = `${this.day(now)} · ${this.time(now)}`;
    face.dateTime = now.toISOString();
    if (face.textContent !== said) face.textContent = said;
    const time = this.time(now);
    $("[data-testid=clock-next-morning]").textContent = time < "07:30" ? "07:30 sáng nay" : "07:30 sáng mai";
    $("[data-testid=clock-1500]").textContent = time < "15:00" ? "15:00" : "15:00 mai";
  }

  turn(to) {
    if (this.tell({ type: "clock", to })) this.turning(true);
  }

  turning(is) {
    for (const each of document.querySelectorAll("[data-to]")) each.disabled = is;
    document.body.classList.toggle("turning", is);
  }

  time(at) {
    return new Date(at).toLocaleTimeString("vi", { timeZone: this.zone, hour: "2-digit", minute: "2-digit", hour12: false });
  }

  day(at) {
    const parts = { timeZone: this.zone, weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" };
    return new Date(at).toLocaleDateString("vi", parts);
  }

  // what panes, composers and the tour ask for

  chatOf(kind) {
    return kind === "group" ? "group" : this.me.id;
  }

  kindOf(chat) {
    return KINDS.find((kind) => this.me && this.chatOf(kind) === chat);
  }

  persona(id) {
    return this.personas.find((each) => each.id === id);
  }

  nameOf(id) {
    return this.persona(id)?.name ?? "Giao Ban";
  }

  find(id) {
    return KINDS.flatMap((kind) => this.messages[this.chatOf(kind)]).find((each) => each.id === id);
  }

  asksMe(kind, message) {
    return kind === "group" && this.find(message.reply_to)?.from === this.me.id;
  }

  kindHolding(message) {
    return KINDS.find((kind) => this.messages[this.chatOf(kind)].some((each) => each.id === message.id));
  }

  reply(message) {
    this.panes[this.kindHolding(message)].composer.answer(message);
  }

  showMessage(id) {
    const kind = KINDS.find((each) => this.panes[each].flash(id));
    if (kind && !this.visible(kind)) this.show(kind);
  }

  press(message, action) {
    const kind = this.kindHolding(message);
    this.panes[kind].expectAnswer();
    this.tell({ type: "press", persona: this.me.id, chat: kind, message: message.id, action });
  }

  start(payload) {
    this.tell({ type: "start", persona: this.me.id, payload });
    this.show("private");
  }

  say(kind, { text, files, reply_to }) {
    this.tour.makeRoom();
    const named = this.personas.filter((each) => !each.username && text.includes(each.name)).map((each) => each.id);
    if (files.length) {
      this.upload(kind, text, files, reply_to);
      return true;
    }
    const sent = this.tell({ type: "say", persona: this.me.id, chat: kind, text, reply_to, mentions: named });
    if (!sent) this.toast(REASONS.closed);
    return sent;
  }

  async upload(kind, caption, files, reply_to) {
    const persona = this.me.id;
    for (const [index, file] of files.entries()) {
      const form = new FormData();
      Object.entries({ persona, chat: kind, caption: index ? "" : caption }).forEach(([name, value]) => form.set(name, value));
      if (reply_to) form.set("reply_to", reply_to);
      form.set("file", file);
      const answer = await fetch("/upload", { method: "POST", body: form }).catch(() => null);
      if (!answer?.ok) this.toast(REASONS.file);
    }
  }

  commands(kind) {
    const here = (each) => (kind === "group" ? each.groups : each.private);
    const ours = this.menu.some((each) => each.language === "vi") ? this.menu.filter((each) => each.language === "vi") : this.menu;
    return ours.filter(here);
  }

  nameable() {
    const people = this.personas.filter((each) => each.username && each !== this.me);
    return [{ username: this.bot, name: "Giao Ban" }, ...people];
  }

  placeholder(kind) {
    return kind === "group" ? `${givenName(this.me.name)} viết vào nhóm, / để xem lệnh` : `${givenName(this.me.name)} viết riêng cho Giao Ban`;
  }

  async attempt({ persona, chat, text, clock, file }) {
    this.become(persona);
    this.show(chat);
    const composer = this.panes[chat].composer;
    if (text) {
      composer.fill(text);
      composer.area.focus();
    }
    if (file) {
      const sample = await fetch(`/sample/${encodeURIComponent(file)}`);
      if (sample.ok) composer.attach([new File([await sample.blob()], file)]);
    }
    if (clock) this.turn(clock);
    this.panes[chat].callAttention();
  }

  toast(text, persona = null) {
    const made = element("div", "toast");
    if (persona) made.append(element("strong", "", `${persona.name}: `));
    made.append(text);
    $("#toasts").append(made);
    setTimeout(() => made.remove(), 5000);
  }
}

new Office();
