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
