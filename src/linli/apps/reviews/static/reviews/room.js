// The live room: looks for what changed, keeps the clock, and lets no sheet get lost. Everything works without it.
import { startClock } from "./clock.js";
import { startPolling } from "./polling.js";
import { startSheet } from "./sheet.js";
import { startSteppers } from "./steppers.js";

startSteppers();
const sheet = startSheet();
startPolling(document.getElementById("room-live"), sheet);
startClock();
