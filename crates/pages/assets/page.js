// Submits a page in place. Everything here works without it: the form, its buttons and its links are plain HTML.
(() => {
  "use strict";
  let busy = false;

  const api = () => document.getElementById("api");
  const form = () => document.querySelector("#attributeVerification, #localAccountForm");
  const text = (id, fallback) => (CONTENT[id] ? CONTENT[id] : fallback);
  const fillIn = (pattern, value) => pattern.replace("{0}", () => value);
  const visible = (element) => element !== null && !element.hidden && element.textContent.trim() !== "";
  const group = (element) => element.closest(".verificationControlContent");
  const labelOf = (id) => {
    const label = document.getElementById(`${id}_label`);
    return label ? label.textContent.trim() : id;
  };

  // --- What a person hears ------------------------------------------------------------------------------------------

  const announce = (message) => {
    let region = document.getElementById("announcer");
    if (!region) {
      region = document.createElement("div");
      region.id = "announcer";
      region.className = "visually-hidden";
      region.setAttribute("role", "status");
      (document.querySelector("main") || document.body).append(region);
    }
    region.textContent = "";
    setTimeout(() => { region.textContent = message; }, 50);
  };

  // What was announced is over when something else is done: nobody should come upon it later and believe it.
  const hush = () => {
    const region = document.getElementById("announcer");
    if (region) region.textContent = "";
  };

  const showPageError = (message) => {
    const summary = document.getElementById("summary");
    summary.querySelector(".pageLevel .errorText").textContent = message;
    document.getElementById("mistakes").hidden = true;
    summary.hidden = false;
    summary.focus();
  };

  const clearErrors = (scope) => {
    for (const error of scope.querySelectorAll(".itemLevel")) error.hidden = true;
    for (const input of scope.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.classList.remove("highlightError", "invalid");
    }
    document.getElementById("summary").hidden = true;
  };

  const showFieldError = (id, inputs, message) => {
    const error = document.getElementById(`${id}_error`);
    if (error) {
      error.querySelector(".errorText").textContent = message;
      error.hidden = false;
    }
    for (const input of inputs) {
      input.setAttribute("aria-invalid", "true");
      input.classList.add("highlightError", "invalid");
    }
  };

  const setBusy = (on) => {
    busy = on;
    const current = form();
    if (current) current.setAttribute("aria-busy", String(on));
    const blurb = document.getElementById("verifying_blurb");
    if (!blurb) return;
    if (on) {
      hush();
      setTimeout(() => {
        if (!busy || !blurb.isConnected) return;
        blurb.hidden = false;
        announce(blurb.textContent);
      }, 600);
    } else {
      blurb.hidden = true;
    }
  };

  // --- Checks before sending: the server repeats every one of them ---------------------------------------------------

  // Sign-in pages have texts of their own for it.
  const required = (id, input) => {
    if (input.type === "password" && CONTENT.requiredField_password) return CONTENT.requiredField_password;
    const descriptive = text("requiredField_generic", text("required_field_descriptive", ""));
    return descriptive ? fillIn(descriptive, labelOf(id)) : text("required_field", "This information is required.");
  };

  const problem = (input) => {
    const validity = input.validity;
    if (validity.valueMissing) return required(input.id, input);
    if (validity.patternMismatch && input.dataset.patternMessage) return input.dataset.patternMessage;
    if (validity.typeMismatch && CONTENT.invalid_generic) return fillIn(CONTENT.invalid_generic, labelOf(input.id));
    return validity.valid ? "" : text("ver_incorrect_format", "This is not in the expected format.");
  };

  // Inputs by claim: a date or a group of boxes is one.
  const claims = (scope) => {
    const found = new Map();
    for (const input of scope.querySelectorAll("input, select")) {
      if (input.type === "hidden" || input.id === "rememberMe" || input.disabled) continue;
      const date = input.closest("[data-date]");
      const id = date ? date.dataset.date : input.name;
      if (!found.has(id)) found.set(id, []);
      found.get(id).push(input);
    }
    return found;
  };

  const mistake = (id, inputs) => {
    const first = inputs[0];
    if (first.readOnly) return "";
    if (first.type === "checkbox") {
      return first.hasAttribute("data-required") && !inputs.some((box) => box.checked) ? required(id, first) : "";
    }
    if (first.type === "radio" || first.closest("[data-date]")) {
      const bad = inputs.find((input) => !input.validity.valid);
      return bad ? required(id, first) : "";
    }
    if (id === "reenterPassword") {
      const other = document.getElementById("newPassword") || document.getElementById("password");
      if (other && other.value !== first.value) return text("error_passwordEntryMismatch", "The two passwords are not the same.");
    }
    return problem(first);
  };

  const check = (scope, only) => {
    clearErrors(scope);
    let first = null;
    for (const [id, inputs] of claims(scope)) {
      const message = only(inputs[0]) ? mistake(id, inputs) : "";
      if (message) {
        showFieldError(id, inputs, message);
        first = first || inputs[0];
      }
    }
    if (first) first.focus();
    return first === null;
  };

  // --- Requests ------------------------------------------------------------------------------------------------------

  const valueOf = (inputs) => {
    const first = inputs[0];
    if (first.type === "checkbox" || first.type === "radio") {
      return inputs.filter((box) => box.checked).map((box) => box.value).join(",");
    }
    if (!first.closest("[data-date]")) return first.hasAttribute("data-code") ? first.value.trim() : first.value;
    const part = (name) => inputs.find((input) => input.classList.contains(name)).value;
    const [year, month, day] = ["year", "month", "day"].map(part);
    return year && month && day ? `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
  };

  const post = async (url, body) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "X-CSRF-TOKEN": SETTINGS.csrf, "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
      body: new URLSearchParams(body),
      credentials: "same-origin",
      redirect: "error",
    });
    return response.json();
  };

  const goOn = () => {
    const remember = document.getElementById("rememberMe");
    const query = new URLSearchParams({
      rememberMe: String(Boolean(remember && remember.checked)),
      csrf_token: SETTINGS.csrf,
      tx: SETTINGS.transId,
      p: SETTINGS.hosts.policy,
    });
    location.assign(`${SETTINGS.hosts.tenant}/api/${SETTINGS.api}/confirmed?${query}`);
  };

  // --- The page again, in place ----------------------------------------------------------------------------------------

  const typedValues = (keepPasswords) => {
    const values = new Map();
    for (const input of form().querySelectorAll("input[id], select[id]")) {
      if (input.type === "hidden" || input.readOnly || input.hasAttribute("data-code")) continue;
      if (input.type === "password" && !keepPasswords) continue;
      const box = input.type === "checkbox" || input.type === "radio";
      values.set(input.id, box ? input.checked : input.value);
    }
    return values;
  };

  const restore = (values) => {
    for (const [id, value] of values) {
      const input = document.getElementById(id);
      if (!input || input.readOnly || input.disabled) continue;
      if (typeof value === "boolean") input.checked = value;
      else if ("value" in input) input.value = value;
    }
  };

  const refresh = async (keepPasswords) => {
    const response = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    const next = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("api");
    // Another page is due: whoever is there next has its own globals.
    if (!next || next.dataset.instance !== api().dataset.instance) {
      location.reload();
      return false;
    }
    const values = typedValues(keepPasswords);
    api().replaceChildren(...next.childNodes);
    restore(values);
    prepare();
    return true;
  };

  // Where a person wants to be after an action: at the mistake, at the code, at what comes next.
  const focusAfter = (groupId) => {
    const panel = document.getElementById(groupId);
    const summary = document.getElementById("summary");
    if (!panel) {
      (visible(summary) ? summary : api().querySelector("[aria-invalid], h1")).focus();
      return;
    }
    const message = panel.querySelector(".verificationSuccessText:not([hidden]), .verificationInfoText:not([hidden])");
    if (visible(message)) announce(message.textContent);
    const here = panel.querySelector("[aria-invalid], [data-code]")
      || panel.querySelector("input:not([readonly])")
      || panel.closest("li").querySelector("input:not([readonly])");
    const later = [...form().querySelectorAll("input:not([type=hidden]):not([readonly]), select, button:not(.enter)")]
      .find((element) => panel.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && !panel.contains(element));
    const target = panel.dataset.state === "verified" ? later : here || panel.querySelector("button");
    if (target) target.focus();
  };

  const failed = () => {
    setBusy(false);
    showPageError(text("unknown_error", "The service cannot be reached. Check your connection and try again."));
  };

  const submitPage = async (url) => {
    if (!check(form(), () => true)) return;
    const body = [["request_type", "RESPONSE"]];
    for (const [id, inputs] of claims(form())) {
      if (!id.endsWith("_ver_input")) body.push([id, valueOf(inputs)]);
    }
    setBusy(true);
    let answer;
    try { answer = await post(url, body); } catch { failed(); return; }
    if (String(answer.status) === "200") { goOn(); return; }
    try {
      if (!await refresh(SETTINGS.api !== "CombinedSigninAndSignup")) return;
    } catch { location.reload(); return; }
    setBusy(false);
    const wrong = api().querySelector(".itemLevel:not([hidden]), .verificationErrorText:not([hidden])");
    if (!visible(document.getElementById("summary")) && !wrong) showPageError(answer.message || text("unknown_error", ""));
    else focusAfter("");
  };

  const actionBody = (panel, url) => {
    const email = panel.dataset.email;
    if (!email) return [...claims(panel)].map(([id, inputs]) => [id, valueOf(inputs)]);
    const code = document.getElementById(`${email}_ver_input`);
    const address = document.getElementById(email);
    const body = [
      ["request_type", new URL(url, location.href).searchParams.get("request_type")],
      ["claim_id", email],
      ["claim_value", "value" in address ? address.value.trim() : address.textContent.trim()],
    ];
    return code ? [...body, ["user_input", code.value.trim()]] : body;
  };

  const runAction = async (panel, button, url) => {
    const changes = button.classList.contains("changeClaims");
    const resends = button.classList.contains("sendNewCode");
    const scope = panel.dataset.email ? panel.closest("li") : panel;
    if (!check(scope, (input) => !changes && !(resends && input.hasAttribute("data-code")))) return;
    setBusy(true);
    let answer;
    try { answer = await post(url, actionBody(panel, url)); } catch { failed(); return; }
    try {
      if (!await refresh(true)) return;
    } catch { location.reload(); return; }
    setBusy(false);
    if (String(answer.status) !== "200" && !api().querySelector(".error:not([hidden])")) {
      showPageError(answer.message || text("unknown_error", ""));
    } else {
      focusAfter(panel.id);
    }
  };

  // --- Wiring --------------------------------------------------------------------------------------------------------

  const onSubmit = (event) => {
    const current = form();
    if (!current || event.target !== current) return;
    event.preventDefault();
    if (busy) return;
    let button = event.submitter;
    // Enter: inside a verification it means that verification, elsewhere the page.
    if (!button || button.classList.contains("enter")) {
      const item = document.activeElement && document.activeElement.closest("li");
      const panel = document.activeElement && (group(document.activeElement) || (item && item.querySelector(".builtIn")));
      button = (panel && panel.querySelector("button.primary")) || current.querySelector("#continue, #next");
      if (!button) return;
    }
    const panel = group(button);
    if (panel) runAction(panel, button, button.formAction);
    else submitPage(current.action);
  };

  // Our own messages stand where the browser's would pop up.
  const prepare = () => {
    const current = form();
    if (current) current.noValidate = true;
  };

  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("#api a[href*='/api/']") : null;
    if (link && busy) event.preventDefault();
  });
  addEventListener("DOMContentLoaded", () => {
    prepare();
    const summary = document.getElementById("summary");
    if (visible(summary)) summary.focus();
  });
  // A page from the back-forward cache is where the journey stood, not where it stands.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
