// Before the first paint: a reader who chose nothing gets the colours of the device.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia ? window.matchMedia("(prefers-color-scheme: dark)") : null;
  if (root.dataset.theme === "auto" && dark && dark.matches) root.dataset.bsTheme = "dark";
})();
