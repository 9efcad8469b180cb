// Nothing depends on this: the account menu closes as people expect, and a form marked so goes on by itself.
const menu = document.getElementById("account-menu");
if (menu) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
document.getElementById("auto")?.requestSubmit();
