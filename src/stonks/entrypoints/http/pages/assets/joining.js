// The box in which people sign up or log in.

const FIELDS = ["username", "email", "password"];
const CALLED = { username: "username", email: "e-mail", password: "password" };

export class Joining extends EventTarget {
  #person;
  #dialog = document.getElementById("joining");
  #form = document.getElementById("account");
  #remark = document.getElementById("account-remark");
  #isNew = true;

  constructor(person) {
    super();
    this.#person = person;
    document.getElementById("is-new").onclick = () => this.#choose(true);
    document.getElementById("is-back").onclick = () => this.#choose(false);
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#go();
    };
  }

  open() {
    this.#complain("", {});
    this.#dialog.showModal();
    this.#form.elements.username.focus();
  }

  #choose(isNew) {
    this.#isNew = isNew;
    this.#dialog.classList.toggle("back", !isNew);
    document.getElementById("is-new").ariaPressed = String(isNew);
    document.getElementById("is-back").ariaPressed = String(!isNew);
    const { email, password, username } = this.#form.elements;
    email.disabled = !isNew;
    password.autocomplete = isNew ? "new-password" : "current-password";
    document.querySelector("label[for=username]").textContent = isNew
      ? "Username"
      : "Username or e-mail";
    document.getElementById("go").textContent = isNew ? "Sign up and chat" : "Log in and chat";
    this.#complain("", {});
    username.focus();
  }

  async #go() {
    const { username, email, password } = this.#form.elements;
    const go = document.getElementById("go");
    go.disabled = true;
    this.#complain("", {});
    try {
      await this.#enter(username.value.trim(), email.value.trim(), password.value);
      password.value = "";
      this.#dialog.close();
      this.dispatchEvent(new Event("joined"));
    } catch (problem) {
      const isOfAField = FIELDS.some((name) => problem.errors?.[name]);
      this.#complain(isOfAField ? "" : sentence(problem.message), problem.errors ?? {});
    } finally {
      go.disabled = false;
    }
  }

  #enter(username, email, password) {
    if (!this.#isNew) return this.#person.logIn(username, password);
    return this.#person.signUp({ fullName: username, username, email, password });
  }

  #complain(remark, errors) {
    this.#remark.textContent = remark;
    for (const name of FIELDS) {
      const wrong = errors[name]?.join("; ") ?? "";
      const input = this.#form.elements[name];
      document.getElementById(`${name}-wrong`).textContent = wrong && sentence(`${CALLED[name]} ${wrong}`);
      input.setAttribute("aria-invalid", String(Boolean(wrong)));
      input.setAttribute("aria-describedby", `${name}-wrong`);
    }
    const first = FIELDS.find((name) => errors[name]);
    if (first) this.#form.elements[first].focus();
  }
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;
