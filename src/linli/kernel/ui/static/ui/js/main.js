// Starts every behaviour of the page; each module looks for its own data attributes. Nothing here is needed to read or send.
import { startDrafts } from "./drafts.js";
import { startIdle } from "./idle.js";
import { startKeys } from "./keys.js";
import { startPress } from "./press.js";
import { startSubmitOnce } from "./submit-once.js";

startPress();
startSubmitOnce();
startDrafts();
startKeys();
startIdle();

// On a phone the menu is wider than the screen: the entry of this page is brought into view.
const here = document.querySelector(".nav-bar [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2;
