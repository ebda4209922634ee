// Where one writes: completion of commands and names, answers, files, drafts kept for each person.

import { element, firstLine, size } from "/static/messages.js";

const fold = (word) => word.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

export class Composer {
  // `office` answers what may be completed and takes what is sent.
  constructor(pane, kind, office) {
    this.kind = kind;
    this.office = office;
    this.form = pane.querySelector(".composer");
    this.area = pane.querySelector("textarea");
    this.list = pane.querySelector(".completion");
    this.replyBar = pane.querySelector(".reply");
    this.waiting = pane.querySelector(".waiting");
    this.drafts = new Map();
    this.files = [];
    this.replyTo = null;
    this.options = [];
    this.chosen = 0;
    this.form.dataset.kind = kind;
    this.area.dataset.testid = `composer-${kind}`;
    this.list.id = `completion-${kind}`;
    this.area.setAttribute("aria-controls", this.list.id);
    this.area.setAttribute("aria-autocomplete", "list");
    pane.querySelector(".send").dataset.testid = `send-${kind}`;
    pane.querySelector(".attach").dataset.testid = `attach-${kind}`;
    pane.querySelector(".chooser").dataset.testid = `file-${kind}`;
    this.listen(pane);
  }

  listen(pane) {
    const chooser = pane.querySelector(".chooser");
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (key) => this.key(key));
    this.area.addEventListener("blur", () => this.close());
    this.area.addEventListener("paste", (paste) => {
      if (!paste.clipboardData.files.length) return;
      paste.preventDefault();
      this.attach(paste.clipboardData.files);
    });
    this.form.addEventListener("submit", (submit) => {
      submit.preventDefault();
      this.send();
    });
    pane.querySelector(".attach").addEventListener("click", () => chooser.click());
    chooser.addEventListener("change", () => {
      this.attach(chooser.files);
      chooser.value = "";
    });
    this.replyBar.querySelector(".reply-drop").addEventListener("click", () => this.answer(null));
    let depth = 0;
    const dragging = (change) => {
      depth = change;
      pane.classList.toggle("dragging", depth > 0);
    };
    const holdsFiles = (drag) => drag.dataTransfer?.types.includes("Files");
    pane.addEventListener("dragenter", (drag) => holdsFiles(drag) && dragging(depth + 1));
    pane.addEventListener("dragleave", (drag) => holdsFiles(drag) && dragging(Math.max(0, depth - 1)));
    pane.addEventListener("dragover", (drag) => holdsFiles(drag) && drag.preventDefault());
    pane.addEventListener("drop", (drag) => {
      if (!holdsFiles(drag)) return;
      drag.preventDefault();
      dragging(0);
      this.attach(drag.dataTransfer.files);
    });
  }

  // drafts

  become(persona) {
    if (this.persona) this.drafts.set(this.persona.id, { text: this.area.value, files: this.files, reply: this.replyTo });
    this.persona = persona;
    const draft = this.drafts.get(persona.id) ?? { text: "", files: [], reply: null };
    this.files = draft.files;
    this.fill(draft.text);
    this.answer(draft.reply);
    this.showFiles();
    this.area.placeholder = this.office.placeholder(this.kind);
    this.area.setAttribute("aria-label", this.area.placeholder);
  }

  fill(text) {
    this.area.value = text;
    this.close();
    this.grow();
  }

  grow() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight + 2, 160)}px`;
  }

  answer(message) {
    this.replyTo = message;
    this.replyBar.hidden = message === null;
    if (message === null) return;
    this.replyBar.querySelector(".reply-who").textContent = this.office.nameOf(message.from);
    this.replyBar.querySelector(".reply-text").textContent = firstLine(message);
    this.area.focus();
  }

  forget(messageId) {
    if (this.replyTo?.id === messageId) this.answer(null);
  }

  attach(files) {
    this.files = [...this.files, ...files];
    this.showFiles();
    this.area.focus();
  }

  showFiles() {
    this.waiting.hidden = this.files.length === 0;
    this.waiting.replaceChildren(...this.files.map((file) => this.fileChip(file)));
  }

  fileChip(file) {
    const chip = element("span", "waiting-file");
    const drop = element("button", "", "×");
    drop.type = "button";
    drop.setAttribute("aria-label", `Bỏ ${file.name}`);
    drop.addEventListener("click", () => {
      this.files = this.files.filter((each) => each !== file);
      this.showFiles();
    });
    chip.append(element("span", "waiting-name", file.name), element("small", "", size(file.size)), drop);
    return chip;
  }

  send() {
    const text = this.area.value.trim();
    if (!text && !this.files.length) return;
    const sent = this.office.say(this.kind, { text, files: this.files, reply_to: this.replyTo?.id ?? null });
    if (!sent) return;
    this.files = [];
    this.showFiles();
    this.fill("");
    this.answer(null);
  }

  // completion

  changed() {
    this.grow();
    const before = this.area.value.slice(0, this.area.selectionStart);
    const command = /^\/(\S*)$/.exec(before);
    const name = /(?:^|\s)@(\S*)$/.exec(before);
    if (command) this.offer(this.office.commands(this.kind).filter((each) => fold(each.name).startsWith(fold(command[1]))));
    else if (name && this.kind === "group") this.offer(this.names(fold(name[1])));
    else this.close();
  }

  names(typed) {
    const fits = (each) => fold(each.username).startsWith(typed) || fold(each.name).includes(typed);
    return this.office.nameable().filter(fits).map((each) => ({ ...each, name: each.username, description: each.name, mark: "@" }));
  }

  offer(options) {
    this.options = options.slice(0, 50);
    this.chosen = 0;
    this.list.hidden = this.options.length === 0;
    this.list.replaceChildren(...this.options.map((each, index) => this.option(each, index)));
    this.mark();
  }

  option(each, index) {
    const item = element("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.append(element("strong", "", `${each.mark ?? "/"}${each.name}`), element("span", "", each.description));
    item.addEventListener("mousedown", (press) => {
      press.preventDefault();
      this.take(index);
    });
    return item;
  }

  mark() {
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === this.chosen)));
    const item = this.list.children[this.chosen];
    if (item && !this.list.hidden) {
      item.scrollIntoView({ block: "nearest" });
      this.area.setAttribute("aria-activedescendant", item.id);
    }
  }

  close() {
    this.options = [];
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }

  take(index) {
    const option = this.options[index];
    const end = this.area.selectionStart;
    const start = Math.max(this.area.value.lastIndexOf(option.mark ?? "/", end - 1), 0);
    this.area.setRangeText(`${option.mark ?? "/"}${option.name} `, start, end, "end");
    this.close();
    this.grow();
    this.area.focus();
  }

  key(key) {
    if (key.isComposing) return;
    if (this.options.length && this.listKey(key)) {
      key.preventDefault();
    } else if (key.key === "Enter" && !key.shiftKey) {
      key.preventDefault();
      this.send();
    } else if (key.key === "Escape") {
      this.answer(null);
    }
  }

  listKey(key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key.key];
    if (step) {
      this.chosen = (this.chosen + step + this.options.length) % this.options.length;
      this.mark();
      return true;
    }
    if (key.key === "Escape") {
      this.close();
      return true;
    }
    const typed = this.area.value.slice(1);
    const whole = key.key === "Enter" && this.options.some((each) => !each.mark && fold(each.name) === fold(typed));
    if (key.key !== "Tab" && (key.key !== "Enter" || whole || key.shiftKey)) return false;
    this.take(this.chosen);
    return true;
  }
}
