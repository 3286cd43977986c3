// Starts every behaviour of the page; each module looks for its own data attributes. Nothing here is needed to read or send.
import { startBlur } from "./blur.js";
import { startDrafts } from "./drafts.js";
import { startIdle } from "./idle.js";
import { startKeys } from "./keys.js";
import { startOffline } from "./offline.js";
import { startPress } from "./press.js";
import { startSubmitOnce } from "./submit-once.js";
import { startUpload } from "./upload.js";

startPress();
startUpload();
startOffline();
startSubmitOnce();
startDrafts();
startKeys();
startIdle();
startBlur();

// On a phone a long row of chips is wider than the screen: the current one is brought into view.
for (const here of document.querySelectorAll(".chips-long [aria-current]")) {
  const line = here.closest(".chips-long");
  line.scrollLeft = here.offsetLeft - line.offsetLeft - (line.clientWidth - here.offsetWidth) / 2;
}
