// The guided tour: steps given as data, each to be tried with one press.

const PLACE = "giaoban-tour";
const narrow = matchMedia("(max-width: 700px)"); // there the words make room while one tries

export class Tour {
  // `office` does what a step lets one try.
  constructor(panel, office) {
    this.panel = panel;
    this.office = office;
    this.steps = [];
    this.at = Number(sessionStorage.getItem(PLACE)) || 0;
    this.part = (name) => panel.querySelector(`.tour-${name}`);
    this.part("try").addEventListener("click", () => {
      this.makeRoom();
      this.office.attempt(this.steps[this.at].try);
    });
    this.part("next").addEventListener("click", () => this.go(this.at + 1));
    this.part("back").addEventListener("click", () => this.go(this.at - 1));
    this.part("fold").addEventListener("click", () => this.fold(!panel.classList.contains("folded")));
  }

  // Somebody does something: on a phone the words give way to it.
  makeRoom() {
    if (narrow.matches) this.fold(true);
  }

  begin(steps) {
    this.steps = steps;
    this.panel.hidden = steps.length === 0;
    if (steps.length) this.go(this.at);
  }

  go(to) {
    const over = to >= this.steps.length;
    this.panel.classList.toggle("over", over);
    if (over || narrow.matches) this.fold(over);
    this.at = over ? 0 : Math.max(0, to);
    sessionStorage.setItem(PLACE, String(this.at));
    this.show();
  }

  show() {
    const step = this.steps[this.at];
    this.part("step").textContent = `${this.at + 1}/${this.steps.length}`;
    this.part("title").textContent = step.title;
    this.part("text").textContent = step.text;
    this.part("try").hidden = !step.try;
    this.part("back").disabled = this.at === 0;
    this.part("next").textContent = this.at + 1 === this.steps.length ? "Xong" : "Tiếp";
    this.done(false);
  }

  // A step is done once the bot has said what the step waits for.
  heard(text) {
    const wanted = this.steps[this.at]?.done_when;
    if (wanted && text.toLocaleLowerCase("vi").includes(wanted.toLocaleLowerCase("vi"))) this.done(true);
  }

  done(is) {
    this.panel.classList.toggle("done", is);
  }

  fold(is) {
    this.panel.classList.toggle("folded", is);
    this.part("fold").setAttribute("aria-expanded", String(!is));
    this.part("fold").setAttribute("aria-label", is ? "Mở hướng dẫn" : "Thu gọn hướng dẫn");
  }
}
